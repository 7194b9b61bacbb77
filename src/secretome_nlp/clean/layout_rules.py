"""The layout knowledge of `layout.yml`, compiled: headings, matter outside the text, ends of sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from secretome_nlp.knowledge.files import DATA, read_model

LETTERS = re.compile(r"[a-z]+")
NUMBERING = re.compile(r"^\W*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[A-Z])[.)]?\s+(?=[A-Z]))?")
CAPTION = re.compile(
    r"\W{0,3}(?:(?:Supp\w*\.?|Extended Data|Online) )?"
    r"(?:Tables?|TABLE|Figures?|FIGURE|Figs?\.?|FIG\.?|Scheme|SCHEME|Box|BOX|Chart|Video)\s?"
    r"(?:S?\d{1,2}|[IVX]{1,4})[A-Z]?\s*(?:[.:|]|[—–]\s)(?=\W|\Z)"
)
TABLE_CAPTION = re.compile(r"\W{0,3}(?:Supp\w*\.? |Extended Data )?T(?:able|ABLE)", re.IGNORECASE)
STOP = re.compile(r"[.!?…][\"”’')\]*]*(?:\s?\[?\d[\d,;–\- ]*[\])]?)?[\"”’')\]*]*\Z")
LAST_WORD = re.compile(r"([^\W\d_][\w.]*)\.\W*\Z")


class LayoutFile(BaseModel):
    """The shape of `layout.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    headings: dict[str, tuple[str, ...]]
    article_types: tuple[str, ...]
    front_matter: tuple[str, ...]
    affiliation: str
    function_words: tuple[str, ...]
    abbreviations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LayoutRules:
    """Answers about lines and headings."""

    headings: tuple[tuple[str, tuple[str, ...]], ...]
    article_types: frozenset[str]
    front_matter: re.Pattern[str]
    affiliation: re.Pattern[str]
    function_words: frozenset[str]
    abbreviations: frozenset[str]

    def kind_of(self, heading: str) -> str | None:
        """Return the section kind that a heading announces, None where it says nothing of it."""
        words = tuple(LETTERS.findall(NUMBERING.sub("", heading, count=1).lower()))
        found = [(len(phrase), kind) for kind, phrase in self.headings if words[: len(phrase)] == phrase]
        return max(found)[1] if found else None  # the longest phrase wins

    def is_article_type(self, heading: str) -> bool:
        """Tell whether a heading is the article's type ("Mini Review"), not its title."""
        return " ".join(LETTERS.findall(heading.lower())) in self.article_types

    def is_front_matter(self, block: str) -> bool:
        """Tell whether a block is an address, a date of receipt, a licence: nothing of the running text."""
        return self.front_matter.search(block) is not None

    def is_finished(self, text: str) -> bool:
        """Tell whether `text` ends where a sentence ends (an abbreviation's stop is no end)."""
        text = text.rstrip()
        if not STOP.search(text):
            return False
        last = LAST_WORD.search(text[-24:])
        return not (last and text.endswith(".") and last[1].lower() in self.abbreviations)

    def function_share(self, text: str) -> float:
        """Return the share of function words in `text`: about .3 in prose, near 0 in tables."""
        words = LETTERS.findall(text.lower())
        return sum(word in self.function_words for word in words) / max(len(words), 1)


@lru_cache(maxsize=1)
def layout_rules() -> LayoutRules:
    """Return the shipped rules. Raises KnowledgeError when the file does not hold."""
    file = read_model(DATA / "wordlists" / "layout.yml", LayoutFile)
    return LayoutRules(
        headings=tuple((kind, tuple(p.split())) for kind, phrases in file.headings.items() for p in phrases),
        article_types=frozenset(file.article_types),
        front_matter=re.compile("|".join(f"(?:{p})" for p in _flagless(file.front_matter))),
        affiliation=re.compile(file.affiliation),
        function_words=frozenset(file.function_words),
        abbreviations=frozenset(file.abbreviations),
    )


def _flagless(patterns: tuple[str, ...]) -> list[str]:
    """Turn a leading `(?i)` into a group's own flag, so that patterns can be joined."""
    return [f"(?i:{p[4:]})" if p.startswith("(?i)") else p for p in patterns]
