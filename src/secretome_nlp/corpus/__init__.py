"""Corpus: a folder of papers that knows what is in it, each paper once."""
