"""Curate: a reviewer's decisions, made in the page, applied to the records of a run."""
