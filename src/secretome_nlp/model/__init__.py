"""The statistical model that is shipped: tagger, lemmatizer, parser and named entities, as a spaCy pipeline."""

from secretome_nlp.model.load import PATH, load_model

__all__ = ["PATH", "load_model"]
