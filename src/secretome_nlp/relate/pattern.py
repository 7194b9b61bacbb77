"""The pattern language of rules, translated to regular expressions over the alphabet's characters.

    {head} {tail} {trigger} {modifier}   slots; {trigger.act|part} asks for a form; {head}+ takes a list
    {head}*24                            with every other mention for the slot in up to 24 words after it, but never
                                         over the border of a clause or "that"
    CLASS  CLASS.form                    a word class of the vocabulary, a verb class in one form
    <TYPE>  <TYPE/kind>  <A|B>  <*>      a mention that fills no slot
    word  ,  -  /                        the word itself
    ...4                                 up to 4 words or mentions, as few as will do: never over the border of a
                                         clause, a finite verb (but "was found"), or a mention that could itself fill
                                         head or tail
    ..4                                  the same, but never past a means or a manner (by, via, through, as, with), nor
                                         past a change of its own in a row ("smaller A, better B")
    >>4                                  the same, finite verbs let through
    >>>4                                 the same, whatever it passes, but never over the border of a clause
    <<<4                                 the same, but as many as will do: for the last member of a row
    ~12                                  as many as there are, up to 12, stopping at commas, brackets and finite verbs
    (a b|c)  x?  x*                      alternatives; optional; any number up to 4
    ^                                    the beginning of the clause's subject
    @NAME                                a macro of the vocabulary

Every repetition is bounded and lists are matched without backtracking, so the time for a sentence grows with its
length times a constant of the pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from secretome_nlp.errors import KnowledgeError
from secretome_nlp.relate.alphabet import START, Alphabet

LIST_LIMIT = 40
STRANGER_LIMIT = 5  # plain words in a member of a list that is no mention
ASIDE_LIMIT = 6  # words in a bracket after a member of a list: its short form
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<slot>\{(?P<name>head|tail|trigger|modifier|keep)(?P<detail>[.:][A-Za-z*/|_]+)?\}(?P<list>\+|\*(?P<all>\d+))?)
    | (?P<mention><[A-Z_a-z*/|]+>)
    | \.\.\.(?P<gap>\d+)
    | \.\.(?P<near>\d+)
    | <<<(?P<far>\d+)
    | >>>(?P<bound>\d+)
    | >>(?P<leap>\d+)
    | ~(?P<run>\d+)
    | @(?P<macro>[A-Z_]+)
    | (?P<label>[A-Z_]{2,}(?:\.[a-z]+(?:\|[a-z]+)*)?)
    | (?P<word>[a-z0-9][a-z0-9']*|[,/;:-])
    | (?P<mark>[()|?*^])
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the slots of one rule may be, as sets of characters."""

    head: frozenset[str]
    tail: frozenset[str]
    trigger: frozenset[str]


@dataclass(frozen=True, slots=True)
class Context:
    """The alphabet with the sets of characters that gaps and lists need, worked out once."""

    alphabet: Alphabet
    macros: dict[str, str]
    border: frozenset[str]
    separator: frozenset[str]
    comma: frozenset[str]
    brackets: frozenset[str]
    opening: frozenset[str]
    closing: frozenset[str]
    acts: frozenset[str]  # finite verbs that a gap may not pass
    means: frozenset[str]
    changes: frozenset[str]  # a change that begins a statement of its own: "more B" in "less A and more B"
    stop: frozenset[str]


def context(alphabet: Alphabet, macros: dict[str, str]) -> Context:
    """Work out the sets that gaps and lists need."""
    border = alphabet.characters("BORDER") | alphabet.characters(START)
    finite = _union(alphabet.characters(f"VERB.{form}") for form in ("act", "pass", "self"))
    return Context(
        alphabet=alphabet,
        macros=macros,
        border=border,
        separator=alphabet.characters("SEP"),
        comma=alphabet.characters("COMMA"),
        opening=alphabet.characters("LPAREN"),
        closing=alphabet.characters("RPAREN"),
        brackets=alphabet.characters("LPAREN") | alphabet.characters("RPAREN"),
        acts=(finite - alphabet.characters("SHOW") - alphabet.characters("ABILITY")) | alphabet.characters("BREAK"),
        changes=alphabet.characters("DIRECTED")
        & _union(alphabet.characters(f"VERB.{f}") for f in ("noun", "adj", "cmp")),
        means=_union(alphabet.characters(name) for name in ("BY", "VIA", "AS", "WITH")),
        stop=border | finite | alphabet.characters("THAN") | alphabet.characters("REL"),
    )


def words_in(pattern: str) -> frozenset[str]:
    """Return the words that a pattern names by themselves, so that the alphabet can tell them apart."""
    return frozenset(m["word"] for m in _TOKEN.finditer(pattern) if m["word"])


def translate(pattern: str, frame: Frame, ctx: Context) -> tuple[str, tuple[frozenset[str], ...]]:
    """Translate a pattern; returns the regular expression and the character sets that it cannot do without.

    Raises KnowledgeError for what is not of the language.
    """
    parser = _Parser(pattern, frame, ctx)
    expression, needs = parser.sequence(depth=0)
    return expression, tuple(needs)


class _Parser:
    """A recursive-descent reader of one pattern."""

    def __init__(self, pattern: str, frame: Frame, ctx: Context) -> None:
        self.pattern = pattern
        self.frame = frame
        self.ctx = ctx
        self.tokens = _tokens(pattern, ctx.macros)
        self.at = 0

    def sequence(self, depth: int) -> tuple[str, list[frozenset[str]]]:
        """Read until the end, or (inside a bracket) until its `|` or `)`."""
        parts: list[str] = []
        needs: list[frozenset[str]] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token["mark"] in (")", "|"):
                if depth == 0:
                    raise self.error("a bracket is not open here")
                break
            expression, item_needs = self.item(token, depth)
            suffix = self.suffix()
            parts.append(_repeat(expression, suffix))
            if not suffix:
                needs.extend(item_needs)
        return "".join(parts), needs

    def item(self, token: re.Match[str], depth: int) -> tuple[str, list[frozenset[str]]]:
        self.at += 1
        if token["mark"] == "(":
            return self.group(depth)
        if token["mark"] == "^":
            return one_of(self.ctx.alphabet.characters(START)), []
        if token["mark"]:
            raise self.error(f"nothing stands before {token['mark']!r}")
        if token["gap"] or token["near"] or token["leap"]:
            blocked = self.ctx.border | self.frame.head | self.frame.tail
            if not token["leap"]:
                blocked |= self.ctx.acts
            if token["near"]:
                blocked |= self.ctx.means
                other = f"(?!{one_of(self.ctx.separator)}{{1,2}}.?{one_of(self.ctx.changes)})"
                return f"(?:{other}{none_of(blocked)}){{0,{token['near']}}}?", []
            return f"{none_of(blocked)}{{0,{token['gap'] or token['leap']}}}?", []
        if token["bound"]:
            return f"{none_of(self.ctx.border)}{{0,{token['bound']}}}?", []
        if token["far"]:
            return f"{none_of(self.ctx.border)}{{0,{token['far']}}}", []
        if token["run"]:
            blocked = self.ctx.stop | self.ctx.comma | self.ctx.brackets
            return f"{none_of(blocked)}{{0,{token['run']}}}+", []
        if token["slot"]:
            return self.slot(token)
        chosen = self.characters(token)
        return one_of(chosen), [chosen]

    def characters(self, token: re.Match[str]) -> frozenset[str]:
        alphabet = self.ctx.alphabet
        if token["mention"]:
            return _union(alphabet.characters(name) for name in token["mention"][1:-1].split("|"))
        if token["word"]:
            return alphabet.characters(f"={token['word']}")
        name, _, forms = token["label"].partition(".")
        if not forms:
            return alphabet.characters(name)
        return _union(alphabet.by_label.get(f"{name}.{form}", frozenset()) for form in forms.split("|"))

    def slot(self, token: re.Match[str]) -> tuple[str, list[frozenset[str]]]:
        name, detail = token["name"], token["detail"] or ""
        alphabet = self.ctx.alphabet
        if name == "keep":
            chosen = _union(alphabet.characters(n) for n in detail[1:].split("|"))
        elif name in ("head", "tail"):
            chosen = self.frame.head if name == "head" else self.frame.tail
        else:
            chosen = self.frame.trigger if name == "trigger" else alphabet.characters("CHANGE")
            if detail:
                chosen &= _union(alphabet.characters(f"VERB.{form}") for form in detail[1:].split("|"))
        if not chosen:
            raise self.error(f"nothing can fill {token['slot']}")
        if token["all"]:
            blocked = self.ctx.border | self.ctx.alphabet.characters("THAT")
            return f"(?P<{name}>{one_of(chosen)}{none_of(blocked)}{{0,{token['all']}}}?)", [chosen]
        if token["list"]:
            return f"(?P<{name}>{self.members(chosen)})", [chosen]
        return f"(?P<{name}>{one_of(chosen)})", [chosen]

    def members(self, chosen: frozenset[str]) -> str:
        """A list of things with their modifiers: "A levels, the expression of B and C", "the kinases D and E"."""
        ctx = self.ctx
        first = one_of(chosen)
        said = ctx.alphabet.characters("VIA") | ctx.alphabet.characters("BE")  # "A were rich in X, and B"
        after = f"{none_of(ctx.stop | ctx.separator | chosen | said)}{{0,6}}?"
        joint = f"{one_of(ctx.separator | ctx.alphabet.characters('INCLUDING'))}{{1,3}}"
        changes = ctx.changes
        before = f"{none_of(ctx.stop | ctx.separator | chosen | changes)}{{0,4}}?"
        stranger = f"(?:{self.stranger(chosen, changes)}{one_of(ctx.separator)}{{1,2}}){{0,2}}?"
        aside = f"(?:{one_of(ctx.opening)}{none_of(ctx.stop | ctx.brackets)}{{1,{ASIDE_LIMIT}}}{one_of(ctx.closing)})?"
        hyphen = f"{one_of(ctx.alphabet.characters('HYPHEN'))}?"  # "the CHK2-Beclin2 pathway"
        member = f"{first}{aside}"
        return f"{member}(?:{after}{joint}{stranger}{before}{member}|{hyphen}{member}){{0,{LIST_LIMIT}}}+"

    def stranger(self, chosen: frozenset[str], changes: frozenset[str]) -> str:
        """A member that is none of the things looked for: "A, [a thing of another kind], some plain words and C".

        Such members do not end a list, as long as no verb and no preposition but "of" stands in them.
        """
        ctx, characters = self.ctx, self.ctx.alphabet.characters
        mentions = characters("*")
        verbs = characters("VERB.ing") | changes | ctx.stop
        joints = (characters("PREP") - characters("OF")) | ctx.separator | ctx.brackets
        plain = f"{none_of(mentions | verbs | joints)}{{1,{STRANGER_LIMIT}}}"
        others = mentions - chosen - self.frame.head
        return f"(?:{one_of(others)}|{plain})" if others else plain

    def group(self, depth: int) -> tuple[str, list[frozenset[str]]]:
        ways: list[str] = []
        needed: list[list[frozenset[str]]] = []
        while True:
            expression, needs = self.sequence(depth + 1)
            ways.append(expression)
            needed.append(needs)
            if self.at >= len(self.tokens):
                raise self.error("a bracket is not closed")
            mark = self.tokens[self.at]["mark"]
            self.at += 1
            if mark == ")":
                break
        if len(ways) == 1:
            return f"(?:{ways[0]})", needed[0]
        needs = [_union(n[0] for n in needed)] if all(needed) else []
        return f"(?:{'|'.join(ways)})", needs

    def suffix(self) -> str:
        if self.at < len(self.tokens) and self.tokens[self.at]["mark"] in ("?", "*"):
            mark = self.tokens[self.at]["mark"]
            self.at += 1
            return str(mark)
        return ""

    def error(self, what: str) -> KnowledgeError:
        return KnowledgeError(f"pattern {self.pattern!r}: {what}; see the pattern language in relate/pattern.py")


def _tokens(pattern: str, macros: dict[str, str]) -> list[re.Match[str]]:
    tokens: list[re.Match[str]] = []
    at = 0
    pattern = pattern.rstrip()
    while at < len(pattern):
        match = _TOKEN.match(pattern, at)
        if match is None:
            raise KnowledgeError(f"pattern {pattern!r}: {pattern[at:].strip()[:12]!r} is not of the pattern language")
        at = match.end()
        if match["macro"]:
            if match["macro"] not in macros:
                raise KnowledgeError(f"pattern {pattern!r}: no macro @{match['macro']} in the vocabulary")
            tokens.extend(_tokens(macros[match["macro"]], macros))
        else:
            tokens.append(match)
    return tokens


def _repeat(expression: str, suffix: str) -> str:
    if not suffix:
        return expression
    return f"(?:{expression})?" if suffix == "?" else f"(?:{expression}){{0,4}}+"


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def one_of(characters: frozenset[str]) -> str:
    """A regular expression for any one of the characters."""
    return f"[{''.join(sorted(characters))}]"


def none_of(characters: frozenset[str]) -> str:
    """A regular expression for any one character but these."""
    return f"[^{''.join(sorted(characters))}]"
