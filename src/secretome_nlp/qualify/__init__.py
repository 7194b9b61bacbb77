"""Qualify: what a text denies, what it only supposes, and what it merely aims at."""

from secretome_nlp.qualify.cues import assert_mentions, discourse, find, roles, within_scopes

__all__ = ["assert_mentions", "discourse", "find", "roles", "within_scopes"]
