"""Relations: rules read sentences in which mentions, negation and hedges have been marked."""

from secretome_nlp.relate.compile import CompiledRules, compile_rules
from secretome_nlp.relate.engine import find

__all__ = ["CompiledRules", "compile_rules", "find"]
