"""`secretome-nlp curate`: a reviewer's decisions applied to an output folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click

from secretome_nlp.curate.decisions import apply, candidates, read_decisions
from secretome_nlp.errors import InputError
from secretome_nlp.rows import Row
from secretome_nlp.write.folder import line, read_rows
from secretome_nlp.write.formats import save
from secretome_nlp.write.parquet import is_batch


@click.command("curate")
@click.argument("decisions", nargs=-1, required=True, metavar="DECISIONS... OUT")
@click.option("-o", "--output", metavar="NEW", help="Folder for the curated copy.  [default: OUT-curated]")
@click.option("--candidates", "gold", metavar="FILE", help="Also write the curated records as candidates for the gold.")
def command(decisions: tuple[str, ...], output: str | None, gold: str | None) -> int:
    """Apply DECISIONS (files that the page of `browse` saved) to the records of OUT, into a copy.

    \b
    OUT itself stays as it is, so the same decisions can be applied to a later run. Decisions that contradict each
    other are shown and not applied; so are those whose record or value is not there any more. Exit code 1 tells of
    either.

    \b
    Examples:
      secretome-nlp curate decisions.json out
      secretome-nlp curate mine.json theirs.json out -o out-agreed --candidates candidates.json
    """
    *files, folder = decisions
    if not files:
        raise InputError("curate needs decisions and a folder: secretome-nlp curate decisions.json OUT")
    if is_batch(folder):
        raise InputError(f"{folder}: a batch; curate works on folders of `extract`")
    taken, conflicts = read_decisions(files)
    used: set[tuple[str, str, str]] = set()
    records: list[Row] = [apply(r, taken, used) for r in read_rows(folder, "records")]
    new = Path(output) if output else Path(f"{str(folder).rstrip('/')}-curated")
    _copy(Path(folder), new)
    save("".join(map(line, records)).encode("utf-8", "surrogatepass"), new / "records.jsonl")
    if gold:
        save((json.dumps(candidates(records), ensure_ascii=False, indent=1) + "\n").encode("utf-8"), gold)
    for said in conflicts:
        click.echo(f"conflict: {said}", err=True)
    stale = [d for key, d in taken.items() if key not in used]
    for d in stale:
        click.echo(f"not there: {d.record_id} {d.slot} {d.value!r} ({d.doc_id}); the record has changed", err=True)
    click.echo(f"{len(used)} decisions applied to {sum('curated' in r for r in records)} records in {new}", err=True)
    return 1 if conflicts or stale else 0


def _copy(folder: Path, new: Path) -> None:
    if new.exists() and any(new.iterdir()) and not (new / "records.jsonl").is_file():
        raise InputError(f"{new}: holds other things; give an empty or a new folder with -o")
    if new.resolve() == folder.resolve():
        raise InputError(f"{new}: is the folder itself; give another with -o")
    try:
        new.mkdir(parents=True, exist_ok=True)
        for path in sorted(folder.iterdir()):
            if path.is_file() and path.suffix in (".jsonl", ".json") and path.name != "records.jsonl":
                shutil.copyfile(path, new / path.name)
    except OSError as error:
        raise InputError(f"{new}: cannot be written ({error.strerror}); give another folder with -o") from error
