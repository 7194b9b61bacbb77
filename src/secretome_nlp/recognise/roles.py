"""Which part a protein's name plays, by the words around it: what is secreted or carried (FACTOR), or a target (GENE).

Names that stand in one list ("IL-6, TNF-α and IL-1β", "PI3K/AKT") play one part, so the words before the list's
first member and behind its last one count for all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice

from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.knowledge.overlaps import Overlaps
from secretome_nlp.recognise.atoms import HYPHENS
from secretome_nlp.recognise.cargo import CHANGED, MARKER, STIMULI, carried_names, key_of
from secretome_nlp.types import Mention, Span

PROTEINS = ("FACTOR", "GENE")
#: What may stand between two members of a list.
JOINT = re.compile(r"[\s,/&();:+‐-―-]*(?:(?:and|or|plus|as well as|including|such as|e\.g\.|i\.e\.)[\s,(]*)*")
WORD = re.compile(r"[^\W_]+")
BEFORE = 6  # words before a list in which one can settle its role
NEAR = 40  # characters
BEHIND = 8  # words behind a list among which "was enriched in exosomes" is sought
CARGO = re.compile(
    r"\b(?:mRNAs?|transcripts|proteins|cargos?|factors|(?:EV|vesicle|exosome|exosomal|vesicular) protein)\b", re.I
)
HOLDS = re.compile(
    r"\b(?:contain\w*|enriched|carr(?:y|ied|ies)|packag\w+|contents?|identified|detected|rich in|release|secrete)",
    re.I,
)
#: The words of a product directly before or behind a name that say that the product holds it.
PRODUCT = r"(?:exosom\w*|exo|ex|(?:micro|nano)?vesic\w*|[ls]?EVs?)"
CARRIED_BEFORE = re.compile(
    rf"(?<![^\W_]){PRODUCT}[\s‐-―-]+(?:derived|borne|packaged|loaded)[\s‐-―-]+$"
    r"|(?:modif|functionali[sz]|decorat|engineer|conjugat|coat|load)\w+\s(?:of\s)?(?:the\s)?"
    rf"{PRODUCT}\s(?:surfaces?\s)?with\s$"
    r"|\bsecretion\sof\s(?:soluble\s|extracellular\s)?$"
    r"|\bsecret(?:ion|e[ds]?|ing)\s(?:of\s)?(?:[\w-]+\s){0,3}(?:factors|proteins|cytokines|mediators|molecules)"
    r"(?:\s\(|,?\s(?:such\sas|including|e\.g\.,?|like|namely)\s)$",
    re.I,
)
HOLDING = (
    r"(?:that\s(?:is|are|was|were)\s)?(?:carried|packaged|transported|encapsulated|enclosed|contained)"
    r"\s(?:in|by|within|into)"
    r"|(?:(?:that\s)?(?:is|are|was|were)\s)?(?:derived|secreted|released|delivered|transferred|shuttled)\s(?:from|by|via|through)"
)
CARRIED_BEHIND = re.compile(
    rf"\s*(?:(?:{HOLDING})|on(?:to)?\s(?:the\s)?surfaces?\sof)\s(?:[^\W_]+[\s‐-―-]+){{0,5}}?{PRODUCT}(?![^\W_])", re.I
)
#: A protein measured in an organ is a marker of it, in a fluid it is secreted.
MEASURED_IN = re.compile(r"\)?\s(?:(?:levels?|contents?|concentrations?)\s)?in\s(?:the\s)?")
FLUID = re.compile(
    r"serum|sera\b|plasma|blood|fluid|lavage|BAL|CSF|urine|saliva|tears?\b|milk|sputum|lymph\b|medi", re.I
)
ADDED_BEFORE = re.compile(r"\b(?:exogenous|recombinant|addition\sof|supplement\w*\s(?:of|with))\s(?:human\s)?$", re.I)
ADDED_BEHIND = re.compile(r"\s(?:was|were)\s(?:further\s|then\s|also\s)?(?:added|supplemented|co-?administered)\b")
PATHWAY = re.compile(r"[\s‐-―-]*(?:signal+ing\s)?(?:pathways?|axis|axes|signal+ing|cascades?)\b", re.I)
EXAMPLES = re.compile(r"\(\s*(?:e\.g\.,?|including|such as|i\.e\.,?|namely)?[^()]{2,300}\)")

#: What a substance is that is a FACTOR as cargo alone, where nothing says that it is loaded.
UNLOADED: Mapping[str, str | None] = {"cargo_only": None, "cargo_or_readout": "OUTCOME"}


class _Around:
    """What stands around the names of one text, looked up by place: a long list asks about each of its members."""

    def __init__(self, text: str, mentions: tuple[Mention, ...], settings: Overlaps) -> None:
        self.text, self.settings = text, settings
        products = [m for m in mentions if m.type in ("COMPONENT", "CELL_TYPE")]
        self.product_starts = [m.start for m in products]
        self.product_sentences = [m.sentence for m in products]
        self.component_starts = {m.start for m in mentions if m.type == "COMPONENT"}
        self.component_ends = {m.end for m in mentions if m.type == "COMPONENT"}
        self.tissues = [m for m in mentions if m.type == "TISSUE"]
        self.primings = [m for m in mentions if m.type == "PRIMING"]
        self._words: dict[Span, list[Span]] = {}

    def words(self, sentence: Span) -> list[Span]:
        """Return the places of the words of a sentence."""
        if sentence not in self._words:
            self._words[sentence] = [Span(*w.span()) for w in WORD.finditer(self.text, *sentence)]
        return self._words[sentence]

    def before(self, at: int, sentence: Span, count: int) -> list[str]:
        """Return the last words of a sentence before a place, in lower case."""
        words = self.words(sentence)
        first = bisect_left(words, (at,))
        return [self.text[w.start : min(w.end, at)].lower() for w in words[max(0, first - count) : first]]

    def behind(self, at: int, sentence: Span) -> list[str]:
        """Return the first words of a sentence behind a place, in lower case."""
        return [w.group().lower() for w in islice(WORD.finditer(self.text, at, sentence.end), BEHIND)]

    def has(self, words: frozenset[str], sentence: Span) -> bool:
        """Tell whether a sentence holds one of some words."""
        return any(self.text[w.start : w.end].lower() in words for w in self.words(sentence))


def protein_roles(
    text: str,
    mentions: tuple[Mention, ...],
    sentences: tuple[Span, ...],
    entries: Mapping[str, Entry],
    settings: Overlaps,
) -> tuple[Mention, ...]:
    """Return the mentions with FACTOR or GENE as the context of each has it.

    `mentions` are in order of place; those of other types are returned as they are. A drug or hormone that is a
    FACTOR only as cargo (`role: cargo_only`) is dropped where nothing says that it is; one of the body's own
    (`cargo_or_readout`) is then what was measured.
    """
    runs = _runs(text, mentions)
    if not runs:
        return mentions
    decided: dict[str, str | None] = {}
    around = _Around(text, mentions, settings)
    for run in runs:
        sentence = _sentence(run[0], sentences, text)
        whole = _of_list(run, sentence, around)
        alone = _targets_beside(run, entries) if whole is None else None
        if _is_carried(text, run, sentence):
            decided |= dict.fromkeys((m.id for m in run), "FACTOR")
            continue
        for m in run:
            decided[m.id] = _of_one(m, whole or alone, run, sentence, entries, around)
        decided |= dict.fromkeys((m.id for m in _added(text, run, sentence, entries)), "FACTOR")
    decided |= dict.fromkeys((i for i in _carried(text, mentions, runs, settings) if decided[i] is not None), "FACTOR")
    result = []
    for m in mentions:
        type_ = decided.get(m.id, m.type)
        if type_ is not None:
            result.append(m if type_ == m.type else replace(m, type=type_))
    return cargo_examples(text, tuple(result), sentences)


def _carried(text: str, mentions: tuple[Mention, ...], runs: list[list[Mention]], settings: Overlaps) -> list[str]:
    """Return the ids of the names that the document tells as cargo somewhere, pathways and vesicle markers aside.

    They are cargo in every sentence that names a product; in others the same protein may be one of the tissue.
    """
    markers = settings.vesicle_markers
    names = carried_names(text, mentions, runs)
    told = {m.sentence for m in mentions if m.type == "COMPONENT"}
    return [
        m.id
        for run in runs
        for m in run
        if key_of(m) in names
        and m.sentence in told
        and re.sub(r"\W", "", m.text.lower()) not in markers
        and not _in_pathway(text, run)
    ]


def _in_pathway(text: str, run: list[Mention]) -> bool:
    return PATHWAY.match(text, run[-1].end) is not None


def _runs(text: str, mentions: Iterable[Mention]) -> list[list[Mention]]:
    runs: list[list[Mention]] = []
    for m in mentions:
        if m.type not in PROTEINS:
            continue
        last = runs[-1][-1] if runs else None
        if last is not None and last.sentence == m.sentence and JOINT.fullmatch(text, last.end, max(last.end, m.start)):
            runs[-1].append(m)
        else:
            runs.append([m])
    return runs


def _sentence(m: Mention, sentences: tuple[Span, ...], text: str) -> Span:
    return sentences[m.sentence] if m.sentence < len(sentences) else Span(0, len(text))


def _of_list(run: list[Mention], sentence: Span, around: _Around) -> str | None:
    """Return the role that the words next to a list give to all of it, or None."""
    gene, factor = around.settings.gene_role, around.settings.factor_role
    end = run[-1].end
    marker = MARKER.match(around.text, end)
    if marker is not None and not {marker.end(), marker.end() + 1} & around.component_starts:
        return "GENE"  # "Foxp3+ T cells"
    behind = around.behind(end, sentence)
    if end + 1 in around.component_starts or _is_joined(run[0], around):
        return "FACTOR"  # "IL10-Exo", "EV-PD-L1"
    if behind and behind[0] in gene.next:
        return "GENE"
    if behind and behind[0] in factor.next and (behind[0] != "enriched" or _is_before_product(run[-1], around)):
        return "FACTOR"
    for word in reversed(around.before(run[0].start, sentence, BEFORE)):
        if word in gene.before:
            return "GENE"
        if word in factor.before:
            return "FACTOR"
    if not factor.behind.isdisjoint(behind) and _product_within(end + 1, sentence.end, around):
        return "FACTOR"  # "Wnt5a was enriched in the exosomes"
    return "GENE" if _is_measured_in_tissue(run[-1], around) else None


def _is_joined(name: Mention, around: _Around) -> bool:
    return name.start - 1 in around.component_ends and around.text[name.start - 1] in HYPHENS


def _is_measured_in_tissue(last: Mention, around: _Around) -> bool:
    """Tell "IL-6 levels in the kidney" from "IL-6 in serum"."""
    text = around.text
    place = MEASURED_IN.match(text, last.end)
    return place is not None and any(
        place.end() <= m.start <= place.end() + NEAR // 2 and not FLUID.search(m.text)
        and " " not in text[place.end() : m.start].strip()
        for m in around.tissues
    )  # fmt: skip


def _is_carried(text: str, run: list[Mention], sentence: Span) -> bool:
    """Tell "exosome-derived CDC42" and "TGF-β carried in the vesicles"."""
    before = text[max(sentence.start, run[0].start - 80) : run[0].start]
    return bool(CARRIED_BEFORE.search(before) or CARRIED_BEHIND.match(text, run[-1].end, sentence.end))


def _added(text: str, run: list[Mention], sentence: Span, entries: Mapping[str, Entry]) -> list[Mention]:
    """Return the mediators that a list begins or ends with: "treated with exogenous NGF", "DKK1 was further added"."""
    before = text[max(sentence.start, run[0].start - NEAR) : run[0].start]
    told = [run[0]] if ADDED_BEFORE.search(before) else []
    told += [run[-1]] if ADDED_BEHIND.match(text, run[-1].end, sentence.end) else []
    return [m for m in told if _role(m, entries) in ("secreted", "cytokine", "tissue")]


def _is_before_product(last: Mention, around: _Around) -> bool:
    """Tell "TNF-enriched MSC-EVs" from "TNF-enriched rafts"."""
    first = bisect_left(around.product_starts, last.end + 1)
    after = bisect_left(around.product_starts, last.end + NEAR + 1)
    return last.sentence in around.product_sentences[first:after]


def _product_within(start: int, end: int, around: _Around) -> bool:
    """Tell whether a product or cell begins at `start` or later, before `end`."""
    first = bisect_left(around.product_starts, start)
    return first < len(around.product_starts) and around.product_starts[first] < end


def _targets_beside(run: list[Mention], entries: Mapping[str, Entry]) -> str | None:
    """A list with a name that is never cargo ("Wnt/β-catenin", "SNAIL, TWIST and MMP9") is one of targets."""
    return "LISTED" if any(m.type == "GENE" and _role(m, entries) != "secreted" for m in run) else None


def _role(m: Mention, entries: Mapping[str, Entry]) -> str | None:
    entry = entries.get(m.concept or "")
    return entry.role if entry is not None and entry.type == "FACTOR" else None


def _of_one(
    m: Mention, whole: str | None, run: list[Mention], sentence: Span, entries: Mapping[str, Entry], around: _Around
) -> str | None:
    role, settings = _role(m, entries), around.settings
    if m.kind == "ligand":
        return "FACTOR"
    if role is not None and role in UNLOADED:
        return "FACTOR" if whole == "FACTOR" or _is_loaded(m, around) else UNLOADED[role]
    if role is None and m.type == "GENE":
        if _is_loaded(m, around):
            return "FACTOR"
        near = {*around.before(run[0].start, sentence, 2)}
        near |= settings.factor_role.behind.intersection(around.behind(run[-1].end, sentence))
        return "FACTOR" if whole == "FACTOR" and near & settings.factor_role.strong else "GENE"
    if whole in PROTEINS and not (role == "cytokine" and _is_agent_of_priming(m, around, STIMULI)):
        return whole
    if _is_agent_of_priming(m, around):
        return "FACTOR"
    if role == "tissue" or (whole == "LISTED" and role != "cytokine"):
        return "GENE"
    if role == "secreted":
        return "GENE" if around.has(settings.gene_role.sentence, sentence) else "FACTOR"
    return "FACTOR"


def _is_agent_of_priming(m: Mention, around: _Around, found_by: frozenset[str] | None = None) -> bool:
    """Tell whether a name is the agent of a PRIMING, of one that those grammars found where they are given."""
    return any(
        p.start <= m.start and m.end <= p.end and (found_by is None or p.by.id in found_by) for p in around.primings
    )


def _is_loaded(m: Mention, around: _Around) -> bool:
    """A drug with which a source is treated is no FACTOR, one that a product is loaded with is."""
    loading = around.settings.factor_role.loading
    return any(
        p.start <= m.start and m.end <= p.end and not loading.isdisjoint(w.lower() for w in WORD.findall(p.text))
        for p in around.primings
        if not p.by.id.startswith(CHANGED)
    )


def cargo_examples(text: str, mentions: tuple[Mention, ...], sentences: tuple[Span, ...]) -> tuple[Mention, ...]:
    """Read GENE mentions as FACTOR where brackets list them as examples of what a vesicle or cell holds.

    `mentions` are in order of place; those of other types and places are returned as they are.
    """
    regions: list[Span] = []
    holders = {m.sentence for m in mentions if m.type in ("COMPONENT", "CELL_TYPE")}
    genes = {m.sentence for m in mentions if m.type == "GENE"}
    for number in sorted(holders & genes):
        if number >= len(sentences):
            continue
        sentence = sentences[number]
        words = text[sentence.start : sentence.end]
        if "(" in words and CARGO.search(words) and HOLDS.search(words):
            regions += [Span(m.start(), m.end()) for m in EXAMPLES.finditer(text, sentence.start, sentence.end)]
    if not regions:
        return mentions
    return tuple(
        replace(m, type="FACTOR") if m.type == "GENE" and any(r.contains(m.span) for r in regions) else m
        for m in mentions
    )
