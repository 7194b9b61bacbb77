"""Relations: rules read sentences in which mentions, negation and hedges have been marked."""

from secretome_nlp.relate.compile import CompiledRules, compile_rules
from secretome_nlp.relate.dependencies import worth_parsing
from secretome_nlp.relate.engine import SILENT_ROLES, find
from secretome_nlp.relate.near_misses import NearMiss, near_misses

__all__ = ["SILENT_ROLES", "CompiledRules", "NearMiss", "compile_rules", "find", "near_misses", "worth_parsing"]
