"""Run the street over many documents: texts or files in, annotations and failures out, in the order of the input."""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from secretome_nlp import (
    clean,
    components,
    doc_state,
    gap_fillers,  # noqa: F401 -- makes its factories known
    read,
)
from secretome_nlp.errors import InputError
from secretome_nlp.knowledge.collector import spare
from secretome_nlp.model.words import bounded_words
from secretome_nlp.pipeline import read_pipeline
from secretome_nlp.segment import tokens
from secretome_nlp.tokenizer import WordTokenizer
from secretome_nlp.types import Annotations, Document, Failure, RawDocument

T = TypeVar("T")
#: A text longer than this is refused: spaCy's arrays and the rules' windows are made for papers, not for dumps.
MOST_CHARACTERS = 5_000_000


def load(pipeline: str | Path = "abstracts") -> Language:
    """Return the whole pipeline as a spaCy `Language`, ready for `nlp(text)`, `nlp.pipe`, pickling and adding pipes.

    `pipeline` names a shipped pipeline or a pipeline file. Raises InputError where there is none such, and
    KnowledgeError where a lexicon, grammar or rule does not hold.
    """
    check(pipeline)
    doc_state.set_up_extension()
    nlp = spacy.blank("en")
    nlp.tokenizer = WordTokenizer(nlp.vocab)
    nlp.max_length = MOST_CHARACTERS
    for name, settings in read_pipeline(pipeline).stages():
        nlp.add_pipe(f"secretome_{name}", config=settings)
    return nlp


def check(pipeline: str | Path) -> None:
    """Raise InputError where a pipeline file gives a component a setting that it does not have."""
    for name, settings in read_pipeline(pipeline).stages():
        known = sorted(Language.get_factory_meta(f"secretome_{name}").default_config or ())
        for key in settings:
            if key not in known:
                near = get_close_matches(key, known, 1)
                hint = f" (did you mean {near[0]!r}?)" if near else ""
                takes = ", ".join(known) or "no settings"
                raise InputError(f"pipeline {pipeline}: {name}: unknown key {key!r}{hint}; it takes {takes}")


def annotate(nlp: Language, document: Document) -> Annotations:
    """Run the pipeline on one document, which keeps its sections, citations and references."""
    return annotate_all(nlp, [document])[0]


def annotate_all(nlp: Language, documents: Iterable[Document]) -> list[Annotations]:
    """Run the pipeline on some documents at hand; what is found in one does not depend on the others."""
    with bounded_words(nlp):
        docs: Iterable[Doc] = (_begun(nlp, document) for document in documents)
        for _, pipe in nlp.pipeline:
            docs = pipe.pipe(docs) if hasattr(pipe, "pipe") else map(pipe, docs)
        return [doc_state.get_annotations(doc) for doc in docs]


def _begun(nlp: Language, document: Document) -> Doc:
    doc = nlp.make_doc(document.text)
    doc_state.set_document(doc, document)
    return doc


def extract(
    source: str | Path | Iterable[str | Path], pipeline: str | Path = "abstracts", workers: int = 1
) -> Iterator[Annotations | Failure]:
    """Yield what was found in each text or file, in order; a document that fails yields a Failure.

    A `Path`, or a string that is the path of a file or folder, is read; any other string is taken as text.
    Raises InputError where nothing can be read at all.
    """
    given = [source] if isinstance(source, str | Path) else list(source)
    return process(_raw_documents(given), pipeline, workers)


def _raw_documents(given: list[str | Path]) -> Iterator[RawDocument | Failure]:
    for number, item in enumerate(given, start=1):
        if isinstance(item, Path) or _is_path(item):
            yield from read.read_paths([item])
        else:
            yield RawDocument(f"text-{number}", "", "text", "", item, markup="structured")


def _is_path(text: str) -> bool:
    if "\n" in text or len(text) > 1024:
        return False
    try:
        return Path(text).exists()
    except OSError:
        return False


def process(
    raws: Iterable[RawDocument | Failure], pipeline: str | Path = "abstracts", workers: int = 1
) -> Iterator[Annotations | Failure]:
    """Clean and annotate raw documents, with several processes if asked; order and results stay the same."""
    return process_into(_as_it_is, raws, pipeline, workers)


def _as_it_is(found: Annotations | Failure) -> Annotations | Failure:
    return found


def process_into(
    finish: Callable[[Annotations | Failure], T],
    raws: Iterable[RawDocument | Failure],
    pipeline: str | Path = "abstracts",
    workers: int = 1,
) -> Iterator[T]:
    """Do what `process` does and yield what `finish`, a function that can be pickled, makes of each result.

    It is called where the document was read: what it returns is what is sent between processes, and lines of a file are
    sent for a tenth of what annotations cost.
    """
    grouped = groups(raws, lambda raw: raw)
    if workers <= 1:
        nlp = load(pipeline)
        spare()
        for group in grouped:
            yield from map(finish, process_group(nlp, group))
        return
    shared_pipeline(str(pipeline))  # compiled before the workers are forked, so that they share it
    with multiprocessing.get_context().Pool(workers) as pool:
        for finished in pool.imap(partial(_in_worker, str(pipeline), finish), grouped):
            yield from finished


@lru_cache(maxsize=2)
def shared_pipeline(pipeline: str) -> Language:
    """Return the pipeline of this process, loaded once."""
    nlp = load(pipeline)
    spare()
    return nlp


def _in_worker(
    pipeline: str, finish: Callable[[Annotations | Failure], T], group: list[RawDocument | Failure]
) -> list[T]:
    return [*map(finish, process_group(shared_pipeline(pipeline), group))]


def groups(items: Iterable[T], raw_of: Callable[[T], object]) -> Iterator[list[T]]:
    """Cut a stream into runs that go through the stages together: some short documents, or one long one.

    `raw_of` gives an item's raw document; an item that has none goes with those beside it.
    """
    group: list[T] = []
    count = size = 0
    for item in items:
        raw = raw_of(item)
        if isinstance(raw, RawDocument):
            if count and (count == components.TOGETHER or size + len(raw.text) > tokens.SHORT):
                yield group
                group, count, size = [], 0, 0
            count, size = count + 1, size + len(raw.text)
        group.append(item)
    if group:
        yield group


def process_group(nlp: Language, raws: Sequence[RawDocument | Failure]) -> list[Annotations | Failure]:
    """Clean and annotate some raw documents together; where one of them fails, each by itself, to tell which."""
    whole = [raw for raw in raws if isinstance(raw, RawDocument)]
    if len(whole) == len(raws) and all(len(raw.text) <= MOST_CHARACTERS for raw in whole):
        with contextlib.suppress(Exception):
            return [*annotate_all(nlp, map(clean.clean, whole))]
    return [process_one(nlp, raw) for raw in raws]


def process_one(nlp: Language, raw: RawDocument | Failure) -> Annotations | Failure:
    """Clean and annotate a raw document; what fails, and what has failed before, is a Failure."""
    if isinstance(raw, Failure):
        return raw
    if len(raw.text) > MOST_CHARACTERS:
        reason = f"text of {len(raw.text):,} characters is over the limit of {MOST_CHARACTERS:,}; split it"
        return Failure(raw.path, raw.doc_id, reason)
    try:
        return annotate(nlp, clean.clean(raw))
    except Exception as error:
        return Failure(raw.path, raw.doc_id, f"{type(error).__name__}: {error}")
