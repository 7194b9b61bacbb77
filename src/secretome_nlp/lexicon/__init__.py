"""Lexicon: what is wrong with the terms of a file before they land, and large lexicons from official releases."""
