"""Browse: one self-contained page over the evidence, with its proof."""
