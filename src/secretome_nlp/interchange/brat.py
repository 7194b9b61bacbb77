"""brat standoff: `NAME.txt`, `NAME.ann`, and beside them `NAME.secretome.json` with what brat has no place for.

Format: https://brat.nlplab.org/standoff.html. Mentions are T lines, their flags, kind and component value attributes,
their ids N lines; relations are R lines. brat hangs attributes on mentions alone, so a relation's direction and flags
stand in its note (`direction=decrease; negated`), where annotators can write them. Notes of the type `Secretome` are
the project's own: they hold as JSON what no line shows. Offsets are code points, as brat counts them.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

from secretome_nlp.errors import InputError
from secretome_nlp.interchange.document import (
    KINDS,
    LINE_ENDS,
    Annotated,
    Link,
    Mark,
    assembled,
    joined,
    norm_rows,
    norms_from,
    one_line,
    rest_of,
    same_words,
)  # fmt: skip
from secretome_nlp.rows import Row
from secretome_nlp.segment import sentences
from secretome_nlp.types import COMPONENT_VALUES, MENTION_TYPES, RELATION_TYPES, Norm, Span

SIDECAR = ".secretome.json"
NOTE, OWN_NOTE = "AnnotatorNotes", "Secretome"
_BREAKS = re.compile(rf"[\t\n\r\x0b\x0c\x1c-\x1e{''.join(LINE_ENDS)}]")
_CURIE = re.compile(r"[^\s:]+:\S+")
_ID = re.compile(r"[TRAN#]\d+")


def annotation_conf() -> str:
    """Return brat's `annotation.conf` for the project's types."""
    kinds = "|".join(k for some in KINDS.values() for k in some)
    relations = [f"{r}\tArg1:<ENTITY>, Arg2:<ENTITY>" for r in RELATION_TYPES]
    attributes = [
        "Negated\tArg:<ENTITY>",
        "Hedged\tArg:<ENTITY>",
        f"Kind\tArg:{'|'.join(KINDS)}, Value:{kinds}",
        f"Value\tArg:COMPONENT, Value:{'|'.join(COMPONENT_VALUES)}",
    ]
    overlap = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    lines = ["[entities]", *MENTION_TYPES, "", "[relations]", *relations, overlap, "", "[events]", "", "[attributes]"]
    return "\n".join([*lines, *attributes, ""])


def dump(document: Annotated) -> tuple[str, str]:
    """Return the `.ann` of a document and its sidecar; the `.txt` is the text itself."""
    lines = _Lines()
    names = {m.id: f"T{n}" for n, m in enumerate(document.marks, 1)}
    for m in document.marks:
        lines.mark(names[m.id], m, document.text)
    for n, link in enumerate(document.links, 1):
        lines.link(f"R{n}", link, names)
    digest = hashlib.sha256(document.text.encode()).hexdigest()
    sidecar = json.dumps({**rest_of(document), "text_sha256": digest}, ensure_ascii=False, indent=1) + "\n"
    return "".join(f"{line}\n" for line in lines.lines), sidecar


class _Lines:
    """The lines of an `.ann` as they are written."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._counts: dict[str, int] = {}

    def _add(self, letter: str, content: str) -> None:
        self._counts[letter] = self._counts.get(letter, 0) + 1
        self.lines.append(f"{letter}{self._counts[letter]}\t{content}")

    def mark(self, name: str, m: Mark, text: str) -> None:
        pieces = [(p.start() + m.start, p.end() + m.start) for p in re.finditer(r"[^\n]+", text[m.start : m.end])]
        pieces = pieces if pieces and (pieces[0][0], pieces[-1][1]) == m.span else [m.span]
        where = ";".join(f"{start} {end}" for start, end in pieces)
        surface = " ".join(text[start:end] for start, end in pieces)
        self.lines.append(f"{name}\t{m.type} {where}\t{_BREAKS.sub(' ', surface)}")
        for flag in ("negated", "hedged"):
            if getattr(m, flag):
                self._add("A", f"{flag.capitalize()} {name}")
        words: list[str] = []
        own: Row = {} if m.id == name else {"id": m.id}
        for what, value, listed in (
            ("kind", m.kind, KINDS.get(m.type, ())),
            ("value", m.value, COMPONENT_VALUES if m.type == "COMPONENT" else ()),
        ):
            if value in listed:
                self._add("A", f"{what.capitalize()} {name} {value}")
            elif value is not None and _plain(value):
                words.append(f"{what}={value}")
            elif value is not None:
                own[what] = value
        for ident, shown in _shown(m.norm):
            self._add("N", f"Reference {name} {ident}\t{shown}")
        if tuple(Norm(*n) for n in _shown(m.norm)) != m.norm:
            own["norm"] = norm_rows(m.norm)
        self._notes(name, words, own, m)

    def link(self, name: str, link: Link, names: dict[str, str]) -> None:
        self.lines.append(f"{name}\t{link.type} Arg1:{names[link.head]} Arg2:{names[link.tail]}\t")
        words = [f"direction={link.direction}"] if link.direction else []
        words += [flag for flag in ("negated", "hedged") if getattr(link, flag)]
        self._notes(name, words, {} if link.id == name else {"id": link.id}, link)

    def _notes(self, name: str, words: list[str], own: Row, thing: Mark | Link) -> None:
        extra = dict(thing.extra)
        if _is_remark(extra.get("remark")):
            words = [*words, extra.pop("remark")]
        own |= {} if thing.sentence is None else {"sentence": thing.sentence}
        own |= {"extra": extra} if extra else {}
        if words:
            self._add("#", f"{NOTE} {name}\t{'; '.join(words)}")
        if own:
            self._add("#", f"{OWN_NOTE} {name}\t{one_line(own)}")


def _plain(value: str) -> bool:
    """Tell whether a value can stand in a note's words."""
    return bool(value) and value == value.strip() and ";" not in value and not _BREAKS.search(value)


def _is_remark(remark: Any) -> bool:
    """Tell whether a remark comes back from a note as it went in."""
    if not isinstance(remark, str) or _BREAKS.search(remark):
        return False
    found: Row = {}
    _words(remark, found)
    return found == {"remark": remark}


def _shown(norms: tuple[Norm, ...]) -> list[tuple[str, str]]:
    """Return the ids and names that N lines can hold."""
    return [
        (n.id, n.name)
        for n in norms
        if _CURIE.fullmatch(n.id) and n.name == n.name.strip() and not _BREAKS.search(n.id + n.name)
    ]


@dataclass
class _Found:
    """What the lines of an `.ann` say of one T or R."""

    line: int
    type: str
    pieces: list[Span] = field(default_factory=list)
    surface: str = ""
    ends: tuple[str, str] = ("", "")
    said: Row = field(default_factory=dict)
    norm: list[tuple[str, str]] = field(default_factory=list)
    own: Row = field(default_factory=dict)


def load(name: str, text: str, ann: str, sidecar: str | None) -> Annotated:
    """Return the document of a brat file; without a sidecar its sentences are found and it is `own`.

    Raises InputError, one line, with the number of the line that does not hold.
    """
    found = _parse(ann)
    if sidecar is None:
        rest: Row = {"doc_id": name, "form": "own", "sentences": sentences.find(text), "records": [], "about": {}}
    else:
        rest = _sidecar(sidecar, text)
    ids = {n: str(f.own.get("id", n)) for n, f in found.items()}
    marks = [_mark(ids[n], f, text) for n, f in found.items() if n[0] == "T"]
    links = [_link(ids[n], f, ids) for n, f in found.items() if n[0] == "R"]
    return assembled(rest, text, marks, links)


def _sidecar(content: str, text: str) -> Row:
    try:
        rest = json.loads(content)
        same = rest["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"*{SIDECAR} does not hold ({error!r}); restore it, or delete it") from error
    if not same:
        raise InputError(f"the text is not the one that was converted; restore it, or delete its *{SIDECAR}")
    return dict(rest)


def _mark(ident: str, f: _Found, text: str) -> Mark:
    try:
        span = joined(f.pieces, text)
    except InputError as error:
        raise InputError(f"line {f.line}: {error}") from error
    if not same_words(" ".join(text[p.start : p.end] for p in f.pieces), f.surface):
        raise InputError(
            f"line {f.line}: {f.surface!r} is not what stands at {span.start}-{span.end} of the text,"
            f" {text[span.start : span.end]!r}"
        )
    noted = f.own.get("norm")
    try:
        held = _shown(tuple(Norm(n["id"], n["name"], n["why"]) for n in noted or ()))
        norm = norms_from(f.norm, noted, held)
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"line {f.line}: the note {OWN_NOTE} does not hold ({error!r}); delete it") from error
    said = {"kind": f.own.get("kind"), "value": f.own.get("value"), **f.said}
    return Mark(
        ident, span.start, span.end, f.type, said["kind"], said["value"], norm, said.get("negated", False),
        said.get("hedged", False), f.own.get("sentence"), _extra(f),
    )  # fmt: skip


def _link(ident: str, f: _Found, ids: dict[str, str]) -> Link:
    head, tail = (ids.get(end, end) for end in f.ends)
    return Link(
        ident, f.type, head, tail, f.said.get("direction"), f.said.get("negated", False),
        f.said.get("hedged", False), f.own.get("sentence"), _extra(f),
    )  # fmt: skip


def _extra(f: _Found) -> Row:
    extra = f.own.get("extra", {})
    return {**extra, "remark": f.said["remark"]} if "remark" in f.said else extra


def _parse(ann: str) -> dict[str, _Found]:
    """Return what is said of each T and R; lines of notes and attributes may stand before those they are of."""
    found: dict[str, _Found] = {}
    seen: set[str] = set()
    later: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(ann.split("\n"), 1):
        if not line.strip():
            continue
        ident, *fields = line.removesuffix("\r").split("\t", 2)
        if not _ID.fullmatch(ident):
            raise InputError(f"line {number}: {ident[:20]!r} is no T, R, A, N or # line; events are not taken")
        if ident in seen:
            raise InputError(f"line {number}: the id {ident} is there twice")
        seen.add(ident)
        try:
            if ident[0] == "T":
                found[ident] = _textbound(number, fields)
            elif ident[0] == "R":
                type_, *ends = fields[0].split()
                head, tail = (end.split(":", 1)[1] for end in ends)
                found[ident] = _Found(number, type_, ends=(head, tail))
            else:
                later.append((number, ident, fields))
        except (ValueError, IndexError, TypeError) as error:
            raise InputError(f"line {number}: {line[:60]!r} is not brat's form of a {ident[0]} line") from error
    for number, ident, fields in later:
        _attach(number, ident, fields, found)
    return found


def _textbound(number: int, fields: list[str]) -> _Found:
    type_, where = fields[0].split(" ", 1)
    pieces = [Span(*map(int, piece.split())) for piece in where.split(";")]
    return _Found(number, type_, pieces, fields[1])


def _attach(number: int, ident: str, fields: list[str], found: dict[str, _Found]) -> None:
    """Add what an attribute, a normalisation or a note says to what it is of."""
    what, target, value = [*(fields or [""])[0].split(" ", 2), "", ""][:3]
    tail = fields[1] if len(fields) > 1 else ""
    if target not in found:
        raise InputError(f"line {number}: {ident} is of {target!r}, which is not there")
    f = found[target]
    if ident[0] == "N":
        if not _CURIE.fullmatch(value):
            raise InputError(f"line {number}: {value!r} is no id; write it as CL:0000134")
        f.norm.append((value, tail))
    elif ident[0] == "A":
        _attribute(number, what, value, f)
    elif what == OWN_NOTE:
        f.own = _own_note(number, tail)
    else:
        _words(tail, f.said)
    wrong = {"direction"} & f.said.keys() if target[0] == "T" else {"kind", "value"} & f.said.keys()
    if wrong:
        raise InputError(f"line {number}: {target} can have no {wrong.pop()}")


def _attribute(number: int, what: str, value: str, f: _Found) -> None:
    if what in ("Negated", "Hedged") and not value:
        f.said[what.lower()] = True
    elif what in ("Kind", "Value") and value:
        f.said[what.lower()] = value
    else:
        raise InputError(
            f"line {number}: attribute {f'{what} {value}'.strip()!r} is not known; use Negated, Hedged, Kind or Value"
        )


def _own_note(number: int, tail: str) -> Row:
    try:
        own = json.loads(tail)
    except (ValueError, RecursionError) as error:
        raise InputError(f"line {number}: the note {OWN_NOTE} is not JSON ({error}); restore or delete it") from error
    if not isinstance(own, dict) or not isinstance(own.get("extra", {}), dict):
        raise InputError(f"line {number}: the note {OWN_NOTE} is no JSON object; restore or delete it")
    return own


def _words(text: str, said: Row) -> None:
    """Read a note's words into `said`; what is none of ours is a remark, and kept."""
    remarks = [said["remark"]] if "remark" in said else []
    for part in filter(None, map(str.strip, text.split(";"))):
        key, equals, value = part.partition("=")
        if equals and key in ("direction", "value", "kind"):
            said[key] = value
        elif part in ("negated", "hedged"):
            said[part] = True
        else:
            remarks.append(part)
    if remarks:
        said["remark"] = "; ".join(remarks)
