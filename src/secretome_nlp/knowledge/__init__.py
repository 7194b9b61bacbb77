"""Knowledge: the YAML that a biologist edits, checked and made ready for the stages."""
