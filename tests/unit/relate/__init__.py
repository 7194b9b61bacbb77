"""Tests of the relate room."""
