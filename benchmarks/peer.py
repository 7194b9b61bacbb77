"""The assembled peer: what a user would build from spaCy, scispaCy's AbbreviationDetector, EntityRuler and negspacy.

It has our lexicons' terms, so that it looks for the same things; grammars, ids of phrases, relations and records it has
none. `throughput.py` times it beside ours. negspacy is in the group `benchmarks` of pyproject.toml.
"""

from __future__ import annotations

import importlib.util
import warnings

from spacy.language import Language

from secretome_nlp.knowledge.load import load_knowledge

#: What must be installed, with what installs it.
NEEDED = {"scispacy": "a dependency of secretome-nlp", "negspacy": "uv sync --group benchmarks"}
NEGATED = ["OUTCOME", "GENE", "FACTOR", "MIRNA", "MODEL"]


def missing() -> dict[str, str]:
    """Return the libraries that are not installed, with what installs them."""
    return {name: how for name, how in NEEDED.items() if importlib.util.find_spec(name) is None}


def patterns(most: int | None = None) -> list[dict[str, str]]:
    """Return the lexicons' terms as patterns of an EntityRuler, the first `most` of them or all."""
    found = {
        (entry.type, form): entry.id
        for entry in load_knowledge().entries
        for form in (*entry.terms, *(short[0] for short in entry.short))
    }
    rows = [{"label": type_, "pattern": form, "id": id_} for (type_, form), id_ in sorted(found.items())]
    return rows[:most]


def build(nlp: Language, most: int | None = None) -> Language:
    """Assemble the pipeline on a blank one, or on a trained one that has a parser. Raises ImportError for a lack."""
    import negspacy.negation  # noqa: F401 -- registers `negex`
    import scispacy.abbreviation  # noqa: F401 -- registers `abbreviation_detector`

    warnings.filterwarnings("ignore", message=r"\[W036\]")  # the detector's own matcher is empty in most texts
    if not nlp.has_pipe("parser"):
        nlp.add_pipe("sentencizer")
    nlp.add_pipe("abbreviation_detector")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER", "overwrite_ents": True})
    ruler.add_patterns(patterns(most))  # type: ignore[attr-defined]
    nlp.add_pipe("negex", config={"ent_types": NEGATED})
    return nlp
