"""Batch: many files cut into shards that are worked apart, written atomically and never worked twice."""
