"""The kinds of mentions that rules ask for: those that recognition gave, and those that the words themselves tell."""

from __future__ import annotations

from dataclasses import dataclass

from secretome_nlp.types import Mention

#: Endings of short names of stem cells, whatever stands before them: "hucMSCs".
_STEM_NAMES = ("msc", "mscs", "ipsc", "ipscs")


@dataclass(frozen=True, slots=True)
class KindWords:
    """The words of one kind: whole words, beginnings and endings."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    endings: tuple[str, ...]

    @classmethod
    def read(cls, entries: tuple[str, ...]) -> KindWords:
        """Part entries as the vocabulary writes them: `anti-` is a beginning, `-tory` an ending."""
        return cls(
            frozenset(e for e in entries if not e.startswith("-") and not e.endswith("-")),
            tuple(e[:-1] for e in entries if e.endswith("-")),
            tuple(e[1:] for e in entries if e.startswith("-")),
        )


@dataclass(frozen=True, slots=True)
class Kinds:
    """Tells the kind of a mention."""

    stem_words: frozenset[str]
    power: KindWords
    gain: KindWords
    asset: KindWords
    loss: KindWords
    loaded: KindWords

    def of(self, mention: Mention) -> str | None:
        """Return the kind that patterns can ask for, None where a mention is of no special one."""
        if mention.type == "CELL_TYPE":
            return "stem" if self.stem_like(mention) else None
        if mention.type == "OUTCOME":
            return self._of_outcome(mention)
        if mention.type == "PRIMING":
            words = _words(mention)
            if self.loss.words.intersection(words):
                return "loss"
            return "loaded" if self.loaded.words.intersection(words) else "given"
        return mention.kind

    def stem_like(self, mention: Mention) -> bool:
        """Tell whether a cell type is one that secretomes are taken from, by its words."""
        return any(word in self.stem_words or word.endswith(_STEM_NAMES) for word in _words(mention))

    def _of_outcome(self, mention: Mention) -> str | None:
        words = mention.text.lower().split()
        if not words:
            return mention.kind
        if (
            words[-1] in self.power.words
            or words[0].startswith(self.power.beginnings)
            or words[-1].endswith(self.power.endings)
        ):
            return "power"
        if words[-1] in self.gain.words:
            return "gain"
        return "asset" if words[-1] in self.asset.words else mention.kind


def _words(mention: Mention) -> list[str]:
    return mention.text.lower().replace("-", " ").replace("/", " ").split()
