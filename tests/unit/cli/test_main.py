"""Wrong usage is told in one line that names the command's help; the exit code is 2."""

from __future__ import annotations

import pytest

from secretome_nlp.cli.main import main


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["extract"], "Missing argument 'PATH...'; see `secretome-nlp extract --help`"),
        (["extract", "--bogus"], "No such option '--bogus'"),
        (["bogus"], "No such command 'bogus'; see `secretome-nlp --help`"),
        (["table", "out", "-f", "doc"], "see `secretome-nlp table --help`"),
        (["benchmark", "bogus"], "no benchmark 'bogus'; known: "),
        (["evaluate", "--gold", "nowhere"], "nowhere: no gold can be read here"),
        (["evaluate", "--table", "renal", "--json", "x.json"], "--json"),
    ],
)
def test_wrong_usage_is_one_line(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    told = capsys.readouterr().err
    assert end.value.code == 2
    assert words in told
    assert told.startswith("secretome-nlp: ") and told.count("\n") == 1
