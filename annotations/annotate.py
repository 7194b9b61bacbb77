"""Annotate by hand: numbered sentences out, compact lines in.

    python annotations/annotate.py show ABSTRACTS.jsonl.gz PMID          print the numbered sentences of one text
    python annotations/annotate.py build ABSTRACTS.jsonl.gz ANN.txt -o annotations/gold/abstracts
                                                                        write the gold file of each annotated text

The lines of an annotation (fields are parted by two or more blanks, or by a tab; `//` begins a remark):

    doc 12345678  split=dev  annotator=B  (further fields: set=reviews; sentences=0-84,90 and
                                          complete=mentions,relations where only these are annotated)
    # 3                                   sentence number, as `show` prints it (`# 3+4`: torn apart by the splitter)
    e  COMPONENT:exosome  Exosomes        letter, type, `:value` or `:kind`, the words
    m  OUTCOME#1  fibrosis  neg           `#1`: the second occurrence of these words; flags neg, hedge
    > affects  e  m  decrease  neg        relation: type, head, tail (`2.e` for another sentence), direction, flags
    --- records
    - YAML, one item a record; slots as `text = value`, outcomes as `target | words | direction | effect | flags`

Every surface must stand in its sentence; what does not is reported with its line, and nothing is written for that text.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from secretome_nlp.evaluate.gold import GoldDocument, fingerprint, letters
from secretome_nlp.segment import sentences as splitter

KINDS = {"DELIVERY": {"route", "carrier"}, "MODEL": {"disease", "induced", "in_vitro"}}
TYPES = {"CELL_TYPE", "FACTOR", "MIRNA", "DELIVERY", "MODEL", "COMPONENT", "GENE", "TISSUE", "SPECIES", "OUTCOME",
         "PRIMING", "DOSE", "TRIAL_ID", "CITATION"}  # fmt: skip
RELATIONS = {"derived_from", "contains", "delivered_by", "dosed_at", "tested_in", "affects", "regulates", "mediated_by",
             "primed_with", "reported_by"}  # fmt: skip
LISTS = {"cargo", "priming", "dose", "model", "mechanism"}
BARE = {"setting", "donor_relation"}
SLOTS = LISTS | BARE | {"cell_type", "cell_source", "donor_species", "component", "route", "carrier", "host_species",
                        "strain", "comparator"}  # fmt: skip
DIRECTIONS = {"increase", "decrease", "no_change", "improve", "worsen"}
EFFECTS = {"benefit", "harm", "none", "unclear"}


class LineError(ValueError):
    """A line that does not hold."""


def texts(path: str) -> dict[str, list[str]]:
    """Return the sentences of each text of a JSON Lines file, by id."""
    opened = gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")  # noqa: SIM115, PTH123
    with opened as rows:
        found = {}
        for row in map(json.loads, rows):
            text = row["text"] if "text" in row else f"{row['title']}\n\n{row['abstract']}"
            found[str(row["id"])] = [text[a:b] for a, b in splitter.find(text)]
    return found


def flags(words: list[str]) -> dict[str, bool]:
    """Return the two assertion flags of a line's last fields."""
    unknown = set(words) - {"neg", "hedge"}
    if unknown:
        raise LineError(f"unknown flag {sorted(unknown)}")
    return {"negated": "neg" in words, "hedged": "hedge" in words}


def plain(text: str) -> str:
    """Return a text with every white space and hyphen alike, as surfaces are compared."""
    return re.sub(r"[‐‑‒–—−]", "-", " ".join(text.split()))


def mention(line: str, sentence: str, number: str) -> dict[str, Any]:
    """Read a line that marks a mention."""
    name, kind, surface, *rest = re.split(r"\t+|\s{2,}", line)
    typed = re.fullmatch(r"([A-Z_]+)(?::([a-z_]+))?(?:#(\d+))?", kind)
    if typed is None or typed[1] not in TYPES:
        raise LineError(f"unknown type {kind!r}")
    kind, detail, nth = typed[1], typed[2], int(typed[3] or 0)
    if kind in KINDS and detail not in KINDS[kind]:
        raise LineError(f"{kind} needs one of {sorted(KINDS[kind])}")
    if plain(sentence).count(plain(surface)) <= nth:
        raise LineError(f"{surface!r} (occurrence {nth}) is not in the sentence")
    value = None if kind in KINDS else detail
    return {"id": f"{number}.{name}", "text": surface, "nth": nth, "type": kind,
            "kind": detail if kind in KINDS else None, "value": value, "norm": [], **flags(rest)}  # fmt: skip


def relation(line: str, number: str, known: set[str]) -> dict[str, Any]:
    """Read a line that marks a relation."""
    kind, head, tail, *rest = re.split(r"\s+", line[1:].strip())
    ends = [end if "." in end else f"{number}.{end}" for end in (head, tail)]
    direction = next((word for word in rest if word in {"increase", "decrease", "none"}), None)
    if kind not in RELATIONS:
        raise LineError(f"unknown relation {kind!r}")
    for end in ends:
        if end not in known:
            raise LineError(f"no mention {end}")
    if kind in {"affects", "regulates"} and direction is None:
        raise LineError(f"{kind} needs increase, decrease or none")
    return {"type": kind, "head": ends[0], "tail": ends[1], "direction": direction,
            **flags([word for word in rest if word != direction])}  # fmt: skip


def slot(name: str, given: Any) -> Any:
    """Read a slot, `text = value`; a list of them for the slots that take several."""
    if name not in SLOTS:
        raise LineError(f"unknown slot {name!r}")
    if name in BARE:
        return given
    if name in LISTS:
        return [_slot(item) for item in (given if isinstance(given, list) else [given])]
    return _slot(given)


def _slot(given: Any) -> dict[str, str]:
    text, found, value = str(given).partition(" = ")
    return {"text": text.strip(), "value": value.strip() if found else text.strip().lower()}


def outcome(given: str) -> dict[str, Any]:
    """Read `target | words | direction | effect | flags`."""
    target, words, direction, effect, *rest = [field.strip() for field in str(given).split("|")]
    if direction not in DIRECTIONS or effect not in EFFECTS:
        raise LineError(f"outcome {given!r}: direction one of {sorted(DIRECTIONS)}, effect one of {sorted(EFFECTS)}")
    return {"target": target, "text": words, "direction": direction, "effect": effect,
            **flags([word for field in rest for word in field.split()])}  # fmt: skip


def record(given: dict[str, Any], number: int, prints: dict[str, str]) -> dict[str, Any]:
    """Read one record of the YAML part."""
    given = dict(given)
    study = {"label": None, "ref": None, "pmid": None, "doi": None, "trial": None, **(given.pop("study", None) or {})}
    sentences = [prints[str(n)] for n in given.pop("sentences", [])]
    outcomes = [outcome(o) for o in given.pop("outcomes", None) or []]
    slots = {name: slot(name, value) for name, value in given.items() if name != "id" and value is not None}
    return {"id": str(given.get("id", f"r{number}")), "study": study, "source": "text", "sentences": sentences,
            "slots": slots, "outcomes": outcomes}  # fmt: skip


def blocks(path: str) -> Iterator[tuple[dict[str, str], list[tuple[int, str]]]]:
    """Yield each text's head and its numbered lines."""
    head: dict[str, str] = {}
    lines: list[tuple[int, str]] = []
    for n, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("doc "):
            if head:
                yield head, lines
            name, *fields = line.split()[1:]
            head, lines = {"doc": name, **dict(field.split("=", 1) for field in fields)}, []
        elif line.strip() and not line.lstrip().startswith("//"):
            lines.append((n, re.sub(r"\s+// .*$", "", line.rstrip())))
    if head:
        yield head, lines


def asked(ranges: str) -> list[int]:
    """Return the numbers of "0-3,7"."""
    ends = [part.partition("-") for part in ranges.split(",")]
    return [n for first, _, last in ends for n in range(int(first), int(last or first) + 1)]


def build(head: dict[str, str], lines: list[tuple[int, str]], text: list[str]) -> tuple[dict[str, Any], list[str]]:
    """Return the gold of one text and what does not hold in its lines."""
    prints = {str(n): fingerprint(s) for n, s in enumerate(text)}
    marked, relations, wrong, number, sentence = {}, [], [], "", ""
    tail = next((n for n, (_, line) in enumerate(lines) if line.startswith("--- records")), len(lines))
    for at, line in lines[:tail]:
        try:
            if line.startswith("#"):
                number = line[1:].strip()
                sentence = " ".join(text[int(n)] for n in number.split("+"))
                head_of = {"fp": fingerprint(sentence), "n": len(letters(sentence))}
                marked[number] = {**head_of, "mentions": [], "relations": []}
            elif line.startswith(">"):
                relations.append((at, line, number))
            else:
                marked[number]["mentions"].append(mention(line.strip(), sentence, number))
        except (LineError, ValueError, KeyError, IndexError) as error:
            wrong.append(f"line {at}: {error}: {line}")
    ids = [m["id"] for row in marked.values() for m in row["mentions"]]
    wrong += [f"{name}: two mentions with this letter" for name in sorted({i for i in ids if ids.count(i) > 1})]
    for at, line, number in relations:
        try:
            marked[number]["relations"].append(relation(line, number, set(ids)))
        except (LineError, ValueError) as error:
            wrong.append(f"line {at}: {error}: {line}")
    records = []
    try:
        given = yaml.safe_load("\n".join(line for _, line in lines[tail + 1 :])) or []
        records = [record(r, n, prints) for n, r in enumerate(given, 1)]
    except (LineError, ValueError, KeyError, AttributeError, yaml.YAMLError) as error:
        wrong.append(f"records: {error}")
    listed = {k for key in marked for k in key.split("+")}
    missing = [n for n in asked(head.get("sentences", f"0-{len(text) - 1}")) if str(n) not in listed]
    wrong += [f"sentence {n} is not listed (write `# {n}` even where nothing is marked)" for n in missing]
    named = {"doc": head["doc"], "set": head.get("set", "abstracts"), "split": head["split"]}
    parts = head.get("complete", "mentions,relations,records").split(",")
    complete = {"annotator": head["annotator"], "complete": parts}
    gold = {**named, **complete, "sentences": list(marked.values()), "records": records}
    return gold, wrong


def main() -> int:
    """Run one of the two commands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    show = commands.add_parser("show")
    show.add_argument("texts")
    show.add_argument("ids", nargs="+")
    make = commands.add_parser("build")
    make.add_argument("texts")
    make.add_argument("annotation")
    make.add_argument("-o", "--out", type=Path, required=True)
    given = parser.parse_args()
    known = texts(given.texts)
    if given.command == "show":
        for name in given.ids:
            print(f"doc {name}")
            for n, sentence in enumerate(known[name]):
                print(f"[{n}] {' '.join(sentence.split())}")
        return 0
    failed = 0
    for head, lines in blocks(given.annotation):
        gold, wrong = build(head, lines, known[head["doc"]])
        for message in wrong:
            print(f"{head['doc']}: {message}", file=sys.stderr)
        if wrong:
            failed += 1
            continue
        GoldDocument.model_validate(gold)
        given.out.mkdir(parents=True, exist_ok=True)
        target = given.out / f"{head['doc']}.json"
        target.write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        mentions = sum(len(s["mentions"]) for s in gold["sentences"])
        related = sum(len(s["relations"]) for s in gold["sentences"])
        print(f"{target}: {mentions} mentions, {related} relations, {len(gold['records'])} records")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
