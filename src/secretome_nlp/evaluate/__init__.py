"""Evaluate: gold that points into texts, alignment, scores with intervals, reports."""
