"""Write docs/reference/ from the code and the knowledge files: `python docs/build_reference.py [--check]`.

With `--check` nothing is written; the exit code is 1 where a page is not what the code says.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

import click

from secretome_nlp.cli.main import COMMANDS, cli
from secretome_nlp.knowledge.cues import load_cues
from secretome_nlp.knowledge.families import load_families
from secretome_nlp.knowledge.files import read_yaml
from secretome_nlp.knowledge.grammar import load_grammars
from secretome_nlp.knowledge.lexicon import HELPER_TYPES, LEXICONS, EntryFields, read_lexicon
from secretome_nlp.knowledge.rules import Argument, load_rules
from secretome_nlp.pipeline import FOLDERS, read_pipeline
from secretome_nlp.types import MENTION_TYPES, RELATION_TYPES
from secretome_nlp.write.formats import FORMATS
from secretome_nlp.write.table_rows import LONG, MORE, WIDE
from secretome_nlp.write.where import ALIASES, FIELDS

REFERENCE = Path(__file__).parent / "reference"
MADE = "<!-- Made by docs/build_reference.py from the code: change it there. -->\n"
WIDTH = 100


def commands() -> str:
    """Return every command with its help."""
    parts = ["# Commands", "Exit codes: 0 all done; 1 some documents failed; 2 wrong usage or unusable input.", ""]
    pages: list[tuple[str, click.Command]] = [("", cli)]
    pages += [(name, getattr(import_module(f"secretome_nlp.cli.{name}"), "command")) for name in COMMANDS]  # noqa: B009
    for name, command in list(pages):
        if name and isinstance(command, click.Group):
            at = pages.index((name, command)) + 1
            pages[at:at] = [(f"{name} {sub}", part) for sub, part in command.commands.items()]
    for name, command in pages:
        called = f"secretome-nlp {name}".strip()
        context = click.Context(
            command, info_name=called, terminal_width=WIDTH, max_content_width=WIDTH, **cli.context_settings
        )
        command._help_option = None  # click keeps the first context's: the page must not depend on what ran before
        parts += [f"## {called}", "", "```text", command.get_help(context).rstrip(), "```", ""]
    return "\n".join(parts)


def rules() -> str:
    """Return every relation rule: what it links, what it looks for, and an example."""
    rule_set = load_rules()
    parts = ["# Relation rules", f"{len(rule_set.rules)} rules, in their files under `knowledge/data/rules/`.", ""]
    for relation in RELATION_TYPES:
        parts += [f"## {relation}", ""]
        for r in sorted((r for r in rule_set.rules if r.relation == relation), key=lambda r: r.id):
            parts.append(f"### {r.id}")
            parts.append(f"\n{_argument(r.head)} → {_argument(r.tail)}; {_frame(r.patterns, r.frame)}")
            parts += [f"\n    {p}" for p in r.patterns]
            parts += [f"\n    head {head}; tail {tail}" for head, tail in r.syntax]
            parts += [f"\nFires on: {_cell(r.match[0].text)}", f"\nNot on: {_cell(r.no_match[0].text)}", ""]
    return "\n".join(parts)


def _argument(argument: Argument) -> str:
    return " or ".join(argument.types) + (f" ({argument.kind})" if argument.kind else "")


def _frame(patterns: tuple[str, ...], frame: str) -> str:
    if patterns:
        return "any of these patterns" if len(patterns) > 1 else "pattern"
    return "in a parsed sentence, by paths from a word of its gate" if frame == "syntax" else f"by frame: {frame}"


def lexicons() -> str:
    """Return the lexicon files with their sizes and sources, the keys of an entry, and the families."""
    rows = []
    sizes = dict.fromkeys((*MENTION_TYPES, *HELPER_TYPES), 0)
    for path in [*sorted(LEXICONS.glob("*.yml")), *sorted(LEXICONS.glob("*.tsv"))]:
        entries = read_lexicon(path)
        sizes[entries[0].type] += len(entries)
        terms = sum(len(e.terms) + len(e.short) for e in entries)
        rows.append((f"`{path.name}`", entries[0].type, f"{len(entries):,}", f"{terms:,}", _source(path)))
    by_type = ", ".join(f"{t} {n:,}" for t, n in sizes.items() if n)
    keys = [(f"`{name}`", _type(field.annotation)) for name, field in EntryFields.model_fields.items()]
    return "\n".join(
        [
            "# Lexicons", f"Concepts by type: {by_type}. Types that are none of the mentions are used by grammars.", "",
            *_table(("file", "type", "entries", "terms", "source"), rows), "", "## Keys of an entry", "",
            "CONTRIBUTING.md shows an entry with its keys explained.", "", *_table(("key", "form"), keys), "",
        ]
    )  # fmt: skip


def _source(path: Path) -> str:
    if path.suffix == ".tsv":
        lines = path.read_text(encoding="utf-8").splitlines()
        said = [x[1:].strip() for x in lines[:20] if x.startswith("#") and not x[1:].strip().startswith("type:")]
        return _cell(" ".join(said))
    content = read_yaml(path)
    return _cell(str(content["source"])) if isinstance(content, dict) else ""


def _type(annotation: object) -> str:
    text = str(annotation) if not isinstance(annotation, type) else annotation.__name__
    return f"`{text.replace('typing.', '').replace('secretome_nlp.knowledge.lexicon.', '').replace('|', 'or')}`"


def grammars() -> str:
    """Return the grammars and the cues of negation and hedging."""
    found = [(f"`{g.id}`", g.type, "regex" if g.regex else "words", _cell(g.match[0])) for g in load_grammars()]
    cues = [
        (f"`{c.id}`", c.kind, c.direction, _cell(", ".join(" ".join(p) for p in c.phrases))) for c in load_cues().cues
    ]  # fmt: skip
    return "\n".join(
        [
            "# Grammars and cues", "Open-ended names are grammars; `[…]` marks what an example must give.", "",
            *_table(("grammar", "type", "form", "example"), found), "",
            "## Cues of negation and hedging", "", *_table(("cue", "kind", "scope runs", "words"), cues), "",
        ]
    )  # fmt: skip


def tables() -> str:
    """Return the columns, fields and families of `table`, and the shipped pipelines."""
    slots = [
        (f"`{slot}`", name, ", ".join(family.also), _cell(", ".join(w.strip() for w in family.words)))
        for slot, families in load_families().items()
        for name, family in families.items()
    ]
    names = sorted(FIELDS)
    also = {name: ", ".join(sorted(a for a, field in ALIASES.items() if field == name)) for name in names}
    paths = sorted({p.stem for folder in FOLDERS for p in folder.glob("*.yml")})
    pipelines = [(f"`{name}`", read_pipeline(name).description) for name in paths]
    return "\n".join(
        [
            "# Tables, fields, families and pipelines", f"Formats: {', '.join(FORMATS)}.", "",
            f"Columns, wide: {', '.join(WIDE)}. On request: {', '.join(MORE)}.", "",
            f"Columns, long: {', '.join(LONG)}.",
            "", "## Fields of --where and --group-by", "",
            *_table(("field", "also called"), [(f"`{n}`", also[n]) for n in names]), "",
            "## Families", "", "`organ` families also stand for models: `--where model=kidney`.", "",
            *_table(("field", "family", "also called", "words that tell its members"), slots), "",
            "## Pipelines", "", *_table(("name", "what it does"), pipelines), "",
        ]
    )  # fmt: skip


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *(f"| {' | '.join(row)} |" for row in rows)]


PAGES: dict[str, Callable[[], str]] = {
    "commands": commands, "rules": rules, "lexicons": lexicons, "grammars": grammars, "tables": tables,
}  # fmt: skip


def build() -> dict[str, str]:
    """Return every page by file name."""
    return {f"{name}.md": f"{MADE}{make().rstrip()}\n" for name, make in PAGES.items()}


def main() -> None:
    """Write the pages, or tell which are out of date."""
    stale = []
    for name, text in build().items():
        path = REFERENCE / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
    if "--check" in sys.argv and stale:
        sys.exit(f"out of date: {', '.join(stale)}; run python docs/build_reference.py")
    print(f"{len(stale)} pages changed" if stale else "nothing changed")


if __name__ == "__main__":
    main()
