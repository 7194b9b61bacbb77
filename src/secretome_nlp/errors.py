"""The three ways in which work can fail, told apart by who can mend it."""

from __future__ import annotations


class SecretomeError(Exception):
    """Base of every error that this package raises on purpose; its text is one line for a user."""


class InputError(SecretomeError):
    """Input or usage that no document can be made from; the command line answers with exit code 2."""


class KnowledgeError(SecretomeError):
    """A knowledge file (lexicon, grammar, rule, cue) that does not hold; names the file, entry and remedy."""


class DocumentFailure(SecretomeError):  # noqa: N818 -- a failed document is an outcome, not a bug
    """One document that could not be processed; the others go on, and `run.json` lists this one."""

    def __init__(self, path: str, doc_id: str | None, reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.doc_id = doc_id
        self.reason = reason
