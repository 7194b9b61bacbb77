"""secretome-nlp: evidence on stem-cell secretomes, read from papers."""
