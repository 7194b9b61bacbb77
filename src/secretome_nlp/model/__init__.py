"""The statistical model that is shipped: tagger, lemmatizer, parser and named entities."""
