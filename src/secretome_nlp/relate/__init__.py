"""Relations: rules read sentences in which mentions, negation and hedges have been marked."""

from secretome_nlp.relate.compile import CompiledRules, compile_rules
from secretome_nlp.relate.engine import Begun, begin, find, finish, worth_parsing
from secretome_nlp.relate.near_misses import NearMiss, near_misses

__all__ = [
    "Begun", "CompiledRules", "NearMiss", "begin", "compile_rules", "find", "finish", "near_misses", "worth_parsing",
]  # fmt: skip
