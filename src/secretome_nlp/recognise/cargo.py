"""Names that a document tells as content of a product: what is carried once is cargo wherever a product is told of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from secretome_nlp.types import Mention

#: The grammars that read any gain or loss of a molecule; whether it is one of the source is seen by the document.
CHANGED = "priming.change."
#: Those of stimuli, which may be what recipients meet too.
STIMULI = frozenset({f"{CHANGED}stimulus", f"{CHANGED}licensing", f"{CHANGED}activation"})
REACH = 90  # characters between a name and its product
HYPHEN = "‐-―-"
#: What stands between a product and the first name of a list that it holds.
HOLDS = re.compile(
    r"(?:[^.;:]*\b)?(?:(?:contain|carry|carri|deliver|transfer|transport|transmit|shuttl|encapsulat|packag|harbou?r)\w*"
    r"|(?:rich|enrich\w*|abundant|loaded|preloaded|packed|laden|equipped|decorated)\s(?:in|with|for)"
    r"|(?P<shows>(?<!to\s)express(?:es|ed|ing)?|with\s(?:high|low|higher|lower|increased|elevated|reduced|abundant|excess)))"
    r"(?:\s(?:of|the|a|an|and|active|functional|protein|proteins|mRNA|exogenous|high|low|levels?|amounts?|large|form|some"
    r"|nondegradable|mutant|their|its|including|such|as|specific|abundant|into|to|for)){0,6}\s?\(?$",
    re.I,
)
#: What stands between the last name of a list and the product that holds it.
HELD = re.compile(
    rf"\)?(?:[{HYPHEN}\s]?(?:mRNA|protein|gene)s?)?"
    rf"(?:(?:[{HYPHEN}\s](?:containing|enriched|loaded|laden|rich|carrying|bearing|expressing|encapsulating|encapsulated"
    r"|delivering|positive|associated|decorated)\s)"
    r"|\s(?:expression\s|levels?\s|content\s|contents\s|abundance\s|cargo\s|mRNA\s|proteins?\s)*"
    r"(?:(?:that\s|which\s)?(?:is|are|was|were|being|been)\s|found\sto\sbe\s|to\sbe\s|\w+ly\s|both\s|also\s|highly\s)*"
    r"(?:(?:(?:transferred|transported|delivered|carried|released|secreted|shuttled)\s(?:in|by|via|through|from)"
    r"|(?:associates?|associated)\swith)"
    r"|(?:(?:enriched|packaged|packed|abundant|encapsulated|contained|upregulated|up-regulated|elevated|increased"
    r"|detected|identified|expressed|present|found|loaded|incorporated|sorted|accumulated|located)\s)?"
    r"(?:in|on|within|into|inside|onto))\s)"
    rf"(?:(?!treat|group|after|with|from|and|or|cells\sby|recipient|target|rats?\b|mice|injur)[\w/+]+[\s{HYPHEN}]+){{0,7}}?$",
    re.I,
)
#: A marker by which cells are told: "Foxp3+ T cells".
MARKER = re.compile(rf"[+⁺]|[\s{HYPHEN}]?(?:positive|negative)\b|(?:hi|high|lo|low)\b")
#: What joins a source to its product.
JOINED = re.compile(
    rf"(?:[\s{HYPHEN}](?:derived|secreted|released|shed|specific|small|circulating|plasma))*[\s{HYPHEN}]", re.I
)
#: A product that is only the first part of what follows: "MSC-EV-treated rats", "the EV group".
TREATED = re.compile(
    rf"[\s{HYPHEN}]*(?:treat|group|induc|mediat|administ|inject|therap|stimulat|incubat|recipient|cultur|exposed|exposure|intervention)",
    re.I,
)
#: What is told of a product's content without the product beside it.
BY_TRANSFER = re.compile(
    r"(?<!nuclear\s)(?:deliver(?:ing|y\sof)|transfer(?:ring|\sof)|shuttling|transporting|transmitting|exosomal|vesicular|EV|vesicle"
    rf"|exosome)[\s{HYPHEN}](?:the\s|of\s|functional\s|active\s|protein\s|mRNA\s)*\(?$",
    re.I,
)


def carried_names(text: str, mentions: Sequence[Mention], lists: Iterable[list[Mention]]) -> frozenset[str]:
    """Return the keys (`key_of`) of the names that a document tells as content of a vesicle or other product.

    `mentions` are in order of place; `lists` are names in a row, which play one part.
    """
    around = _Products(text, mentions)
    if not around.products:
        return frozenset()
    return frozenset(key_of(m) for names in lists if around.hold(names) for m in names)


def key_of(name: Mention) -> str:
    """Return what tells a name from another: its concept or, lacking one, its letters."""
    return name.concept or re.sub(r"\W", "", name.text.lower())


class _Products:
    """The products of a text by place, with the sources between them and the names that they may hold."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.products = sorted((m for m in mentions if m.type == "COMPONENT"), key=lambda m: m.start)
        self.starts = [p.start for p in self.products]
        self.sentences = {p.sentence for p in self.products}
        self.cells = [m for m in mentions if m.type == "CELL_TYPE"]

    def hold(self, names: Sequence[Mention]) -> bool:
        """Tell whether a product of the sentence holds a list of names."""
        text, sentence, start, end = self.text, names[0].sentence, names[0].start, names[-1].end
        if sentence not in self.sentences or self._marks_cells(end):
            return False
        if BY_TRANSFER.search(text, max(0, start - 40), start):
            return True
        at = bisect_left(self.starts, start)
        before = (p for p in self.products[max(0, at - 3) : at] if p.sentence == sentence)
        if any(0 < start - p.end <= REACH and self._holds(p, start) for p in before):
            return True
        behind = (p for p in self.products[at : at + 3] if p.sentence == sentence)
        return any(0 < p.start - end <= REACH and self._is_in(end, p) for p in behind)

    def _marks_cells(self, end: int) -> bool:
        """Tell "Foxp3+ T cells" from "PD-L1-positive exosomes"."""
        marker = MARKER.match(self.text, end)
        return marker is not None and not {marker.end(), marker.end() + 1} & set(self.starts)

    def _holds(self, product: Mention, start: int) -> bool:
        """Tell "EVs with high TGF-β" from "EVs led to macrophages with high CD206", which the cells show."""
        told = HOLDS.fullmatch(self.text, product.end, start)
        if told is None or told["shows"] is None:
            return told is not None
        return not any(product.end < c.start and c.end <= start for c in self.cells)

    def _is_in(self, end: int, product: Mention) -> bool:
        """Tell "PTEN in MSC-derived EVs" from "PTEN in monocytes treated with EVs" and "PTEN in EV-treated rats"."""
        text = self.text
        if not HELD.fullmatch(text, end, product.start) or TREATED.match(text, product.end):
            return False
        between = (c for c in self.cells if end < c.start and c.end <= product.start)
        return all(JOINED.fullmatch(text, c.end, product.start) for c in between)
