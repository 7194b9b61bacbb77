"""`secretome-nlp`: the group of commands and what happens to errors."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from secretome_nlp import __version__
from secretome_nlp.errors import SecretomeError

#: Command, the module that holds it, and its one-line help: modules are imported only when their command runs.
COMMANDS = {
    "fetch": "Fetch PubMed records and open-access full texts.",
    "corpus": "Make a corpus of folders: each paper once, with a manifest.",
    "extract": "Read files and folders; write mentions, relations and evidence records.",
    "batch": "Process many files into Parquet: sharded, resumable.",
    "table": "Make the evidence table from an output folder.",
    "evaluate": "Score the pipeline against the gold set.",
    "benchmark": "Score the pipeline on public gold corpora.",
    "browse": "Write one HTML page over the evidence: filters, proof, pictures.",
    "plot": "Draw the evidence as SVG pictures.",
    "convert": "Convert gold and output to brat, BioC JSON or spaCy DocBin, and back.",
    "curate": "Apply decisions that a reviewer made in the page.",
    "query": "Ask an output folder in SQL.",
    "search": "Find sentences of an output folder by their words.",
    "run": "Do the job that a pipeline file describes.",
    "lexicon": "Check lexicon files; make large ones from official releases.",
    "explain": "Show what was found in a text, and by which term or rule.",
}


class LazyGroup(click.Group):
    """A group that imports a command's module when it is asked for, so that `--help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """Return the commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command by name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"secretome_nlp.cli.{cmd_name}"), "command")  # noqa: B009
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands with their help, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="secretome-nlp")
def cli() -> None:
    """Turn the literature on stem-cell secretomes into evidence.

    \b
    Examples:
      secretome-nlp extract papers/ -o out
      secretome-nlp table out -f xlsx
      secretome-nlp evaluate
      secretome-nlp explain "MSC-EVs reduced fibrosis in UUO rats."
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0 all done, 1 some documents failed, 2 wrong usage or unusable input."""
    try:
        code: Any = cli.main(args=arguments, prog_name="secretome-nlp", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        click.echo(_in_one_line(error), err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; nothing was left half-written", err=True)
        sys.exit(130)
    except SecretomeError as error:
        click.echo(f"secretome-nlp: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:  # the reader of a pipe has gone, which is no fault
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)


def _in_one_line(error: click.ClickException) -> str:
    """Return what was wrong with the words of a command, and where its help is."""
    told = " ".join(error.format_message().split()).rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"secretome-nlp: {told}; see `{context.command_path if context else 'secretome-nlp'} --help`"
