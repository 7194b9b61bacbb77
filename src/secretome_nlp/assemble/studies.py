"""Which sentences speak of which study.

An abstract is one study. A review tells of many: a study begins where its authors or its one citation are named,
and goes on while the sentences after it continue it ("They ...", "The authors ...") in the same paragraph.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from secretome_nlp.assemble.settings import has_word, setting_of
from secretome_nlp.assemble.view import View
from secretome_nlp.types import Mention, Study

AUTHOR = re.compile(
    r"(?P<name>(?:(?:da|de|del|der|den|di|van|von|le|la)\s+){0,2}[A-ZÀ-Þ][\w'’-]+)(?:\s+[A-Z]{1,3})?"
    r"(?:,?\s+(?P<al>et\s+al\b\.?)|\s+and\s+(?:co-?workers|colleagues|associates))"
)
SURNAME_END = re.compile(r"\s+(?:et al|and|\d{4})\b")
#: What stands between the places of a citation: "30,31", "103, 104", "236–238".
NO_PLACE = re.compile(r"\W+")
#: The label of a section, as it stands behind its number in a structured abstract.
SECTION = re.compile(
    r"\s*(?:background|introduction|objectives?|aims?|purpose|(?:materials?|methods?|results?|findings|conclusions?)\b[\w\s&]{0,20}):",
    re.I,
)
#: A text of so few sentences is taken as one finding, not as a review.
FEW_SENTENCES = 4
#: A text that cites fewer places than this tells of its own work alone.
LEAST_CITATIONS = 3
#: The label of what a paper's authors did themselves.
OWN = "own work"
#: Within so many characters a sentence says that it speaks of one study.
OPENING = 30
#: Roles of the sentence that ends an abstract's introduction.
AIMS = ("aim", "hypothesis")
#: From this share of a text on only plain words of a beginning end an introduction.
LAST_AIM = 0.6
#: A sentence that cites more works than this speaks of the field, not of a study.
MOST_REFS = 2


@dataclass
class StudyUnit:
    """One study: how it is named, the sentences that tell of it, and those that may explain its names."""

    study: Study
    sentences: list[int] = field(default_factory=list)
    naming: list[int] = field(default_factory=list)
    citation: str | None = None  # id of the CITATION mention that names it

    def is_cited(self) -> bool:
        """Tell whether the study is one that a text cites, and not the text's own."""
        return self.study.label is not None or self.study.ref is not None


def find_studies(view: View) -> list[StudyUnit]:
    """Return the studies of a document in order of their first sentence."""
    document = view.annotations.document
    citations = [m for m in view.annotations.mentions if m.type == "CITATION" and not _counts_section(view, m)]
    if len(citations) < LEAST_CITATIONS:
        b = document.bibliography
        trial = next((m.text for m in view.annotations.mentions if m.type == "TRIAL_ID"), None)
        whole = StudyUnit(Study(pmid=b.pmid, doi=b.doi, trial=trial))
        whole.sentences = _told(view)
        whole.naming = list(range(len(document.sentences)))
        return [whole]
    return _Reader(view).read()


def _counts_section(view: View, citation: Mention) -> bool:
    """Tell whether a number counts the sections of an abstract: "(1) Background: ..."."""
    return SECTION.match(view.text, citation.end) is not None


def _told(view: View) -> list[int]:
    """Return the sentences that tell of a paper's own work: its title, and all from its aim on but background.

    What stands between the title and the aim is what others found. Where no aim is stated, or too late for the
    sentences before it to be an introduction, all but background is told.
    """
    document = view.annotations.document
    titled = [n for n, s in enumerate(document.sentences) if s.end <= len(document.title)]
    places = range(len(titled), len(document.sentences))
    aim = next((n for n in places if _is_aim(view, n, late=n >= len(document.sentences) * LAST_AIM)), len(titled))
    kept = [*titled, *range(aim, len(document.sentences))]
    return [n for n in kept if view.roles[n] != "background"]


def _is_aim(view: View, number: int, late: bool) -> bool:
    """Tell whether a sentence begins what a paper did itself; late in a text, "this study shows" concludes instead."""
    text = view.lower_text(number)
    if late:
        return view.roles[number] == "aim" or text.startswith(view.words.begins)
    return view.roles[number] in AIMS or text.startswith(view.words.here) or any(map(text.__contains__, view.words.own))


class _Reader:
    """Walks a review's sentences with the study of the moment in hand."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.units: dict[str, StudyUnit] = {}
        self.current: StudyUnit | None = None
        references = view.annotations.document.references
        self.references = {r.ref: r for r in references}
        cites = (m for m in view.annotations.mentions if m.type == "CITATION")
        self.alone = {c.value for c in cites if c.value is not None and "," not in c.value}
        self.by_author: dict[str, list[str]] = defaultdict(list)
        for reference in references:
            self.by_author[_surname(reference.label)].append(reference.ref)

    def read(self) -> list[StudyUnit]:
        document = self.view.annotations.document
        paragraph = -1
        mined = document.mined()
        for number, span in enumerate(document.sentences):
            if not any(m.contains(span) for m in mined):
                continue
            start = document.text.rfind("\n\n", 0, span.start)
            if start != paragraph:
                paragraph, self.current = start, None
            self._sentence(number)
        for unit in self.units.values():
            unit.study = replace(unit.study, ref=unit.study.ref or None)
            unit.naming = unit.sentences
        return sorted(self.units.values(), key=lambda u: u.sentences[0])

    def _sentence(self, number: int) -> None:
        text = self.view.sentence_text(number)
        cites = self.view.of([number], "CITATION")
        refs = [r for c in cites for r in (c.value or "").split(",") if r]
        author = AUTHOR.search(text)
        opening = text.lower().lstrip("“\"'( ")
        if author is not None:
            cite = _after(cites, self.view.annotations.document.sentences[number].start + author.end())
            self._open(_label(author), cite, number)
        elif any(w in text.lower() for w in self.view.words.own):
            self._open(OWN, cites[0] if len(refs) == 1 else None, number)
        elif self.current is not None and cites and not self._at_end(number, cites[-1]) and self._goes_on(opening):
            # A citation in mid-sentence backs a fact in passing; the study goes on.
            self.current.sentences.append(number)
        elif refs and 0 < len(set(refs)) <= MOST_REFS:
            self._cited(number, cites[-1], opening)
        elif refs:
            self.current = None
        elif self._speaks_of_one(opening) and (cite := self._next_citation(number)) is not None:
            self._open(None, cite, number)
        elif self.current is not None and self._goes_on(opening):
            self.current.sentences.append(number)
        else:
            self.current = None

    def _at_end(self, number: int, cite: Mention) -> bool:
        """Tell whether nothing but the full stop follows a citation."""
        end = self.view.annotations.document.sentences[number].end
        return not any(c.isalnum() for c in self.view.text[cite.end : end])

    def _cited(self, number: int, cite: Mention, opening: str) -> None:
        ref = (cite.value or "").split(",")[0]
        known = _first(self.current.study.ref) if self.current is not None else None
        if self.current is not None and (known == ref or (known is None and self._goes_on(opening))):
            self.current.sentences.append(number)
            return
        if self._tells_of_a_test(number) or self._speaks_of_one(opening):
            self._open(None, cite, number)
        else:
            self.current = None

    def _speaks_of_one(self, opening: str) -> bool:
        """Tell whether a sentence begins to speak of one study, without naming its authors."""
        return has_word(opening[:OPENING], self.view.words.one_study)

    def _next_citation(self, number: int) -> Mention | None:
        """Return the one work that the sentence after a study's first cites, in the same paragraph."""
        spans = self.view.annotations.document.sentences
        cites = self.view.of([number + 1], "CITATION")
        if len(cites) != 1 or not cites[0].value or "\n\n" in self.view.text[spans[number].end : cites[0].start]:
            return None
        return cites[0]

    def _tells_of_a_test(self, number: int) -> bool:
        """A sentence with one citation opens a study only where it names a treatment and what it did or met."""
        agents = self.view.of([number], "COMPONENT", "CELL_TYPE", "MIRNA")
        if agents and "clinical" in setting_of(self.view, number):
            return True
        return bool(agents) and bool(self.view.relations([number], "affects", "tested_in", "delivered_by", "regulates"))

    def _goes_on(self, opening: str) -> bool:
        words = self.view.words
        return opening.startswith(words.continues) or not opening.startswith(words.shifts)

    def _open(self, label: str | None, cite: Mention | None, number: int) -> None:
        ref = (cite.value or "").split(",")[0] if cite is not None else None
        ref = ref or self._only_work_of(label) or ref
        key = f"ref:{ref}" if ref and label != OWN else f"label:{label}"
        if not ref and self.current is not None and self.current.study.label == label:
            self.current.sentences.append(number)
            return
        unit = self.units.get(key)
        if unit is None:
            known = self.references.get(ref or "")
            study = Study(
                label=label or (known.label if known else None), ref=self._places(cite, ref),
                pmid=known.pmid if known else None, doi=known.doi if known else None,
            )  # fmt: skip
            unit = self.units[key] = StudyUnit(study, citation=cite.id if cite else None)
        if unit.sentences[-1:] != [number]:
            unit.sentences.append(number)
        self.current = unit

    def _places(self, cite: Mention | None, ref: str | None) -> str | None:
        """Return the places that are cited as one, as they are written ("30,31"): those that never stand alone."""
        places = (cite.value or "").split(",") if cite is not None else []
        if cite is None or not ref or places[0] != ref or self.alone.intersection(places):
            return ref
        return cite.text.strip("()[] ")

    def _only_work_of(self, label: str | None) -> str | None:
        """Return the reference of authors who are named without a number, if the list has but one work of theirs."""
        works = self.by_author.get(_surname(label), []) if label and label != OWN else []
        return works[0] if len(works) == 1 else None


def _first(ref: str | None) -> str | None:
    """Return the first of the places that a study is cited by."""
    return NO_PLACE.split(ref, maxsplit=1)[0] if ref else None


def _surname(label: str) -> str:
    """Return the first author's surname of a label such as "Gatti et al. 2011", folded."""
    return SURNAME_END.split(label, maxsplit=1)[0].strip().casefold()


def _label(author: re.Match[str]) -> str:
    name = " ".join(author["name"].split())
    return f"{name} et al." if author["al"] else f"{name} and colleagues"


def _after(cites: list[Mention], at: int) -> Mention | None:
    """Return the citation that stands next after the authors' name, else the sentence's last."""
    return next((c for c in cites if c.start >= at - 3), cites[-1] if cites else None)
