"""Pictures of the evidence, drawn as SVG: the same records give the same bytes."""
