"""The notation of rule examples: a sentence with its mentions and cues marked in brackets.

    [Exosomes]h:COMPONENT did [not]negation lower [blood pressure]t:OUTCOME in [rats]:SPECIES.

A mention is `[words]name:TYPE` or `[words]name:TYPE/kind`, a bystander `[words]:TYPE`. Names begin with h (head)
or t (tail): `h`, `h2`, `t`, `t1`. Brackets nest: `[[umbilical cord]t:TISSUE MSCs]h:CELL_TYPE`. A cue is
`[word]negation` or `[word]hedge`; its scope runs to the next of `. ; but whereas while although`. Unless an example
lists its `pairs` ("h>t2 decrease negated"), every h is related to every t.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from secretome_nlp.errors import KnowledgeError
from secretome_nlp.knowledge.rules import Example
from secretome_nlp.types import MENTION_TYPES, Cue, FoundBy, Mention, Span

_LABEL = re.compile(r"(?:(?P<cue>negation|hedge)\b|(?P<name>[ht]\d*)?:(?P<type>[A-Z_]+)(?:/(?P<kind>[a-z_]+))?)")
_SCOPE_END = re.compile(r"[.;](?:\s|$)|\b(?:but|whereas|while|although)\b")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=\S)")
_PAIR = re.compile(r"^(h\d*)>(t\d*)((?: (?:increase|decrease|none|negated|hedged))*)$")
_DIRECTIONS = ("increase", "decrease", "none")


@dataclass(frozen=True, slots=True)
class Marked:
    """An example without its marks: offsets are those of `text`; `names` maps a mention's id to its name."""

    text: str
    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    cues: tuple[Cue, ...]
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, order=True)
class Expected:
    """A relation that an example must give, by the names of its mentions."""

    head: str
    tail: str
    direction: str | None
    negated: bool
    hedged: bool


def parse(marked: str) -> Marked:
    """Read a marked sentence; raises KnowledgeError where a bracket or label is malformed."""
    plain: list[str] = []
    length, at = 0, 0
    open_at: list[int] = []
    found: list[tuple[int, int, str, str, str | None]] = []
    cue_spans: list[tuple[int, int, str]] = []
    while at < len(marked):
        char = marked[at]
        at += 1
        if char == "[":
            open_at.append(length)
        elif char == "]":
            label = _LABEL.match(marked, at)
            if not open_at or label is None:
                raise KnowledgeError(f"example {marked!r}: a bracket has no partner or no label such as ]h:COMPONENT")
            at = label.end()
            start = open_at.pop()
            if label["cue"]:
                cue_spans.append((start, length, label["cue"]))
            else:
                _check(marked, label["type"])
                found.append((start, length, label["name"] or "", label["type"], label["kind"]))
        else:
            plain.append(char)
            length += 1
    if open_at:
        raise KnowledgeError(f"example {marked!r}: a bracket is not closed")
    return _marked("".join(plain), found, cue_spans)


def expected(example: Example, marked: Marked) -> tuple[Expected, ...]:
    """List the relations that an example must give; raises KnowledgeError for a malformed or unknown pair."""
    names = sorted(name for _, name in marked.names)
    if example.pairs is None:
        heads, tails = ([n for n in names if n.startswith(c)] for c in "ht")
        if not heads or not tails:
            raise KnowledgeError(f"example {example.text!r}: mark at least one h and one t")
        everywhere = (example.direction, example.negated, example.hedged)
        return tuple(Expected(h, t, *everywhere) for h in heads for t in tails)
    return tuple(sorted(_pair(example, pair, names) for pair in example.pairs))


def _pair(example: Example, pair: str, names: list[str]) -> Expected:
    parts = _PAIR.match(pair)
    if parts is None or parts[1] not in names or parts[2] not in names:
        raise KnowledgeError(f"example {example.text!r}: pair {pair!r} is not 'h>t [direction] [negated] [hedged]'")
    words = parts[3].split()
    direction = next((w for w in words if w in _DIRECTIONS), example.direction)
    return Expected(
        parts[1],
        parts[2],
        direction,
        "negated" in words or example.negated,
        "hedged" in words or example.hedged,
    )


def _check(marked: str, type_: str) -> None:
    if type_ not in MENTION_TYPES:
        raise KnowledgeError(f"example {marked!r}: unknown mention type {type_!r}")


def _marked(
    text: str, found: list[tuple[int, int, str, str, str | None]], cue_spans: list[tuple[int, int, str]]
) -> Marked:
    sentences = _sentences(text)
    found.sort(key=lambda f: (f[0], -f[1]))
    mentions, names = [], []
    for number, (start, end, name, type_, kind) in enumerate(found):
        sentence = next(i for i, s in enumerate(sentences) if s.start <= start < s.end)
        id_ = f"m{number + 1}"
        by = FoundBy("lexicon", "example")
        mentions.append(Mention(id_, start, end, text[start:end], type_, by, sentence, kind))
        if name:
            names.append((id_, name))
    if len({name for _, name in names}) < len(names):
        raise KnowledgeError(f"example {text!r}: a name stands twice; number them (t1, t2)")
    cues = []
    for start, end, kind in cue_spans:
        stop = _SCOPE_END.search(text, end)
        scope = Span(start, stop.start() if stop else len(text))
        cues.append(Cue("negation" if kind == "negation" else "hedge", Span(start, end), scope, "example"))
    return Marked(text, sentences, tuple(mentions), tuple(cues), tuple(names))


def _sentences(text: str) -> tuple[Span, ...]:
    starts = [0, *(m.end() for m in _SENTENCE_END.finditer(text))]
    ends = [*(m.start() for m in _SENTENCE_END.finditer(text)), len(text)]
    return tuple(Span(s, e) for s, e in zip(starts, ends, strict=True))
