"""Relations: rules read sentences in which mentions, negation and hedges have been marked."""

from secretome_nlp.relate.compile import CompiledRules, compile_rules
from secretome_nlp.relate.engine import find
from secretome_nlp.relate.near_misses import NearMiss, near_misses

__all__ = ["CompiledRules", "NearMiss", "compile_rules", "find", "near_misses"]
