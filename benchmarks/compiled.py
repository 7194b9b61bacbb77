"""What compiling the costly stages saves: the compiled wheel against the sources, same texts, same bytes.

`python benchmarks/compiled.py [WHEEL] [PATH...] [--rounds N] [--smoke]`. WHEEL is what `sh run compile` makes
(build/compiled/*.whl unless said otherwise), PATHs are abstracts; without one, the samples. Both read all PATHs and
must write the same bytes; then `throughput.py` is run with each in turns. With `--smoke` nothing is compiled: mypyc
(https://mypyc.readthedocs.io) only reads the modules that pyproject.toml names and writes their C.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from filecmp import cmpfiles
from pathlib import Path
from tempfile import TemporaryDirectory

from made import SAMPLES

ROOT = Path(__file__).parents[1]


def modules() -> Iterator[Path]:
    """Yield the modules that are compiled."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    hook = project["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["mypyc"]
    for pattern in hook["include"]:
        yield from (path for path in sorted(ROOT.glob(pattern)) if path.name != "__init__.py")


def generate(folder: str) -> int:
    """Write the C of all modules to be compiled; return how many there are. Raises what mypyc says against one."""
    from mypyc.build import mypycify

    paths = [str(path.relative_to(ROOT)) for path in modules()]
    os.chdir(ROOT)
    mypycify(["--ignore-missing-imports", *paths], target_dir=folder)
    return len(paths)


def run(package: Path | None, *command: str) -> None:
    """Run a command of Python with a package in front of the installed one."""
    env = {**os.environ, "OMP_NUM_THREADS": "1", **({"PYTHONPATH": str(package)} if package else {})}
    subprocess.run([sys.executable, *command], check=True, env=env, stdout=subprocess.DEVNULL)


def compare(compiled: Path, paths: list[Path], folder: Path) -> list[str]:
    """Return the names of the files that come out otherwise of the compiled package."""
    outs = []
    for name, package in (("sources", None), ("compiled", compiled)):
        outs.append(folder / name)
        run(package, "-m", "secretome_nlp", "extract", *map(str, paths), "-o", str(outs[-1]))
    names = sorted(p.name for p in outs[0].iterdir())
    same, *_ = cmpfiles(*outs, names, shallow=False)
    return [name for name in names if name not in same]


def rates(package: Path | None, paths: list[Path], folder: Path) -> dict[str, float]:
    """Return what `throughput.py` says of the whole pipeline in abstracts a second, with the parser and without."""
    out = folder / "rates.json"
    run(package, str(ROOT / "benchmarks" / "throughput.py"), *map(str, paths), "--json", str(out))
    return {name: rate for name, rate in json.loads(out.read_text()).items() if name.startswith("whole pipeline")}


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", nargs="?", type=Path)
    parser.add_argument("paths", nargs="*", type=Path, default=[SAMPLES])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--smoke", action="store_true", help="only see that mypyc takes the modules")
    given = parser.parse_args()
    with TemporaryDirectory() as made:
        folder = Path(made)
        if given.smoke:
            print(f"mypyc takes {generate(made)} modules")
            return
        wheel = given.wheel or next(iter(sorted((ROOT / "build" / "compiled").glob("*.whl"))), None)
        if wheel is None:
            parser.error("no wheel in build/compiled; `sh run compile` makes one")
        zipfile.ZipFile(wheel).extractall(folder / "package")
        other = compare(folder / "package", given.paths, folder)
        print("the same bytes" if not other else f"NOT the same: {', '.join(other)}")
        for number in range(given.rounds):
            plain, fast = (rates(package, given.paths, folder) for package in (None, folder / "package"))
            told = (f"{name} {plain[name]:.0f} -> {fast[name]:.0f} ({fast[name] / plain[name]:.2f})" for name in plain)
            print(f"round {number + 1}, abstracts a second: {'; '.join(told)}")
    sys.exit(bool(other))


if __name__ == "__main__":
    main()
