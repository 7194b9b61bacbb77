"""SQL and full-text search over output folders of both kinds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from secretome_nlp.batch.run import Job, run
from secretome_nlp.cli.main import main
from secretome_nlp.errors import InputError
from secretome_nlp.write.sql import connect, run_query, search

pytest.importorskip("duckdb", reason="needs the sql extra")
REPO = Path(__file__).parents[3]
SAMPLES = REPO / "corpus" / "samples" / "samples.jsonl"
QUESTIONS = re.findall(r"```sql\n(.*?)```", (REPO / "docs" / "queries.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    out = tmp_path_factory.mktemp("out")
    with pytest.raises(SystemExit) as left:
        main(["extract", str(SAMPLES), "-o", str(out / "lines"), "--quiet"])
    assert left.value.code == 0
    run(Job((str(SAMPLES),), out / "parquet"))
    return out / "lines", out / "parquet"


@pytest.mark.parametrize("question", QUESTIONS, ids=range(1, len(QUESTIONS) + 1))
def test_each_question_is_answered_alike(folders: tuple[Path, Path], question: str) -> None:
    lines, parquet = (run_query(connect(folder), question) for folder in folders)
    assert len(lines) > 0 or any(word in question for word in ("ILIKE", "harm", "MIRNA"))
    assert sorted(map(str, lines.to_dict("records"))) == sorted(map(str, parquet.to_dict("records")))


def test_there_are_ten() -> None:
    assert len(QUESTIONS) == 10


@pytest.mark.parametrize(
    "sql", ["SELECT nothing", "SELECT * FROM read_text('/etc/passwd')", "COPY records TO '/tmp/records.csv'", "SELEC 1"]
)
def test_what_cannot_be_asked_is_one_line(folders: tuple[Path, Path], sql: str) -> None:
    with pytest.raises(InputError) as refused:
        run_query(connect(folders[0]), sql)
    assert "\n" not in str(refused.value)


def test_search_finds_words_and_says_what_is_wrong(folders: tuple[Path, Path]) -> None:
    for folder in folders:
        found = search(folder, "exosom* AND rats")
        assert found and all("exosom" in text.lower() and "rats" in text.lower() for _, _, text in found)
        assert search(folder, "exosom* AND rats") == found
    with pytest.raises(InputError, match="double quotes"):
        search(folders[0], "miR-21 AND")
