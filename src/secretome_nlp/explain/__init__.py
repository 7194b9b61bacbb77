"""Explain: what was found in a text and by which term or rule, what nearly was, on a terminal and as a page."""
