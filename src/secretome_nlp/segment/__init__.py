"""Segment: a clean text into words and sentences."""
