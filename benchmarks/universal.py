"""Our trees in the shape of Universal Dependencies v1, so that they can be compared with trees of that scheme.

What is turned are differences of the schemes, each by one general rule (de Marneffe et al., 2014, and the UD v1
guidelines on function words, coordination and multiword expressions), never a difference between two parsers:

- content words above function words: prepositions (chains of them and coordinated ones, too) hang below their nouns,
  copulas below their predicates, and what hung on the function word hangs on the content word;
- all members of a coordination, and its conjunctions, below the first;
- fixed expressions ("such as", "as well as") below their first word;
- of two clauses side by side ("A fell; B rose") the first is the head, where ClearNLP's labels have the last.

`flat_groups` does one thing more: trees that were converted from Penn's constituents, as GENIA's were, have (mostly) no
structure inside noun groups, CRAFT's have.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "'s"})
PREPOSITIONS = frozenset({"prep", "agent", "dative"})
#: The fixed expressions of the guidelines' list that papers use.
FIXED = (
    ("as", "well", "as"), ("in", "order", "to"), ("such", "as"), ("according", "to"), ("because", "of"),
    ("rather", "than"), ("instead", "of"), ("more", "than"), ("less", "than"), ("at", "least"),
)  # fmt: skip
#: Labels of words before the last word of a noun group.
BEFORE = frozenset({"compound", "amod", "nmod", "nummod"})
Heads = list[int]


def universal_heads(doc: Doc) -> Heads:
    """Return the head of each word (-1 for the root) as Universal Dependencies v1 would have it."""
    head = [-1 if t.head.i == t.i else t.head.i for t in doc]
    _turn_clauses(doc, head)
    replaced = _prepositions(doc, head) | _copulas(doc, head)
    for t in doc:
        above = head[t.i]
        while above in replaced and replaced[above] != t.i:
            above = replaced[above]
        if t.i not in replaced:
            head[t.i] = above
    _coordinations(doc, head, replaced)
    _fixed(doc, head)
    return head


def flat_groups(doc: Doc, head: Heads) -> Heads:
    """Return heads in which all that stands before the last word of a noun group hangs on that word."""
    flat = list(head)
    for t in doc:
        above = t
        while above.dep_ in BEFORE and above.head.dep_ in BEFORE and above.head.i > t.i:
            above = above.head
        if above.i != t.i and head[t.i] == t.head.i:
            flat[t.i] = head[above.i]
    return flat


def _turn_clauses(doc: Doc, head: Heads) -> None:
    """Let the first of two clauses that only stand side by side be the head."""
    for t in doc:
        above = head[t.i]
        side_by_side = t.dep_ == "ccomp" and above > t.i and any(w.text in (";", ":") for w in doc[t.i : above])
        if side_by_side and not any(c.dep_ == "mark" for c in t.children):
            head[t.i], head[above] = head[above], t.i


def _prepositions(doc: Doc, head: Heads) -> dict[int, int]:
    """Hang prepositions below what they govern; return the content word that stands for each."""
    content: dict[int, int] = {}
    for t in reversed(doc):  # the inner ones of "out of the" and "compared with" first
        if t.dep_ not in PREPOSITIONS and not (t.dep_ == "conj" and t.tag_ in ("IN", "TO")):
            continue
        inside = [c for c in t.children if c.dep_ in ("pobj", "pcomp")]
        chained = [content[c.i] for c in t.children if c.dep_ == "prep" and c.i > t.i and c.i in content]
        governed = inside[0].i if inside else chained[0] if chained and t.dep_ in PREPOSITIONS else None
        if governed is not None:
            content[t.i] = governed
            head[governed], head[t.i] = head[t.i], governed
    return content


def _copulas(doc: Doc, head: Heads) -> dict[int, int]:
    """Hang copulas below their predicates; return the predicate that stands for each."""
    content: dict[int, int] = {}
    for t in doc:
        predicate = next((c.i for c in t.children if c.dep_ in ("attr", "acomp")), None)
        if t.lower_ in BE and predicate is not None and head[predicate] == t.i:
            content[t.i] = predicate
            head[predicate], head[t.i] = head[t.i], predicate
    return content


def _coordinations(doc: Doc, head: Heads, replaced: dict[int, int]) -> None:
    """Hang every member and every conjunction of a coordination below its first member."""
    for t in doc:
        if t.dep_ in ("conj", "cc"):
            first: Token = t.head
            while first.dep_ == "conj" and first.head.i != first.i:
                first = first.head
            word, target = replaced.get(t.i, t.i), replaced.get(first.i, first.i)
            if word != target:
                head[word] = target


def _fixed(doc: Doc, head: Heads) -> None:
    words = [t.lower_ for t in doc]
    for expression in FIXED:
        size = len(expression)
        for start in range(len(words) - size + 1):
            if tuple(words[start : start + size]) == expression:
                group = range(start, start + size)
                outside = [head[n] for n in group if head[n] not in group]
                if outside:
                    head[start] = outside[0]
                    for n in group[1:]:
                        head[n] = start
                    for n, above in enumerate(head):
                        if above in group[1:]:
                            head[n] = outside[0] if n not in group else start
