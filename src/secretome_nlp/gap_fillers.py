"""The stages that fill gaps, as spaCy components: mentions where lexicons and grammars found none, by trained taggers.

What is found stands as `by: model` with the label that it had; it overrides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from secretome_nlp.components import TOGETHER, add_mentions
from secretome_nlp.doc_state import get_annotations
from secretome_nlp.errors import InputError
from secretome_nlp.model import mentions as statistical
from secretome_nlp.model import open_mentions
from secretome_nlp.segment import tokens
from secretome_nlp.types import MENTION_TYPES, Document, Mention

#: The entities that fill gaps unless a pipeline file says otherwise: labels of the shipped model and their types.
GAP_FILLERS = {"CELL_TYPE": "CELL_TYPE", "CELL_LINE": "CELL_TYPE", "GENE_OR_PROTEIN": "GENE", "SPECIES": "SPECIES"}
#: The open class whose mentions pay; genes, primings and models that the tagger finds are too often none.
OPEN_TYPES = ("OUTCOME",)
#: How much likelier than not a mention must be: at 0.5 records lose least of their precision for what they gain.
RELUCTANCE = 0.5


class ModelMentionComponent:
    """Recognise: entities of a spaCy pipeline; `types` gives the mention type of each label that counts."""

    def __init__(self, model: str, types: dict[str, str]) -> None:
        _check("model_mentions", types.values())
        self.model, self.types = model, types
        statistical.shared_tagger(model)

    def __call__(self, doc: Doc) -> Doc:
        """Add the statistical mentions to those of the Doc."""
        whole = get_annotations(doc)
        d, taken = whole.document, [m.span for m in whole.mentions]
        nlp = statistical.shared_tagger(self.model)
        found = statistical.find(nlp, d.text, tokens.find(d.text), d.sentences, taken, self.types, d.mined())
        add_mentions(doc, whole.mentions, found)
        return doc


@Language.factory(
    "secretome_model_mentions",
    requires=["doc.spans"],
    assigns=["doc.spans"],
    default_config={"model": "secretome", "types": GAP_FILLERS},
)
def make_model_mentions(nlp: Language, name: str, model: str, types: dict[str, str]) -> ModelMentionComponent:  # noqa: ARG001
    """Recognise: statistical mentions; `types` gives the mention type of each of the model's labels that counts."""
    return ModelMentionComponent(model, types)


class OpenMentionComponent:
    """Recognise: mentions of the open classes that no lexicon knows, of the types named."""

    def __init__(self, types: list[str], reluctance: float) -> None:
        _check("open_mentions", types)
        self.types, self.reluctance = types, reluctance
        open_mentions.shared_tagger()

    def __call__(self, doc: Doc) -> Doc:
        """Add the tagger's mentions to those of the Doc."""
        return self._tagged([doc])[0]

    def pipe(self, stream: Iterable[Doc], batch_size: int = TOGETHER) -> Iterator[Doc]:
        """Do the same to Docs in order, some of them at a time: their sentences take the tagger's steps together."""
        docs = iter(stream)
        while some := list(islice(docs, min(batch_size, TOGETHER))):
            yield from self._tagged(some)

    def _tagged(self, docs: list[Doc]) -> list[Doc]:
        known = [get_annotations(doc) for doc in docs]
        tasks = [_task_of(whole.document, whole.mentions) for whole in known]
        found = open_mentions.find(open_mentions.shared_tagger(), tasks, self.types, self.reluctance)
        for doc, whole, new in zip(docs, known, found, strict=True):
            add_mentions(doc, whole.mentions, new)
        return docs


def _task_of(d: Document, mentions: tuple[Mention, ...]) -> open_mentions.Task:
    return open_mentions.Task(d.text, tokens.find(d.text), d.sentences, d.mined(), tuple(m.span for m in mentions))


@Language.factory(
    "secretome_open_mentions",
    requires=["doc.spans"],
    assigns=["doc.spans"],
    default_config={"types": list(OPEN_TYPES), "reluctance": RELUCTANCE},
)
def make_open_mentions(nlp: Language, name: str, types: list[str], reluctance: float) -> OpenMentionComponent:  # noqa: ARG001
    """Recognise: mentions of the open classes named by `types`; with more `reluctance` fewer and surer ones."""
    return OpenMentionComponent(types, reluctance)


def _check(stage: str, types: Iterable[str]) -> None:
    """Raise InputError, one line, for a type that there is not."""
    unknown = sorted(set(types) - set(MENTION_TYPES))
    if unknown:
        raise InputError(f"{stage}: unknown type {unknown[0]!r}; use some of {', '.join(MENTION_TYPES)}")
