"""Mark-up inside a paragraph: HTML tags, LaTeX, Markdown's emphasis, raised and lowered characters.

What is left is what a reader of the printed page would type: H2O2, TGF-β1, 10^7. Raised reference numbers
become bracketed ones, for `citations` to find.
"""

from __future__ import annotations

import html
import re

from secretome_nlp.clean.aligned_text import AlignedText, Edit
from secretome_nlp.clean.latex import to_text
from secretome_nlp.knowledge.typography import SUPERSCRIPTS, lowered, raised

COMMENT = re.compile(r"<!--.{0,2000}?-->")
SCRIPT = re.compile(r"<(sup|sub)(?:\s[^<>\n]{0,300})?>([^<>\n]{0,80})</\1>", re.IGNORECASE)
#: Tags of words in a line: they part nothing, and what they hold may be raised ("<sup><a href=…>1</a></sup>").
WORDS_TAG = re.compile(
    r"</?(?:i|b|u|s|em|strong|span|a|font|small|big|italic|bold|code|mark|abbr)(?:\s[^<>\n]{0,300})?/?>", re.IGNORECASE
)
TAG = re.compile(
    r"</?(?:i|b|u|s|em|strong|span|p|div|a|font|small|big|br|hr|center|sup|sub|li|ul|ol|td|tr|th|table|tbody|thead|"
    r"italic|bold|jats:[a-z-]+|h[1-6]|img|code|mark|abbr)(?:\s[^<>\n]{0,300})?/?>",
    re.IGNORECASE,
)
BREAKING = re.compile(r"</?(?:br|p|div|li|td|tr|th|hr|jats:p|jats:title|jats:sec|h[1-6])\b", re.IGNORECASE)
ENTITY = re.compile(r"&(?:[A-Za-z]{2,10}|#\d{1,6}|#x[0-9A-Fa-f]{1,5});")
MATH = re.compile(r"(?<![\\$\w])\$(?=\S|\s?\\)([^$\n]{1,160}?)\$")
MATHEMATICAL = re.compile(r"[\\^_<>=]")
UNICODE_RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻][⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻˒,–-]*(?<![,–-])")
#: Numbers and signs that LaTeX raises right after a word, and those that Markdown does; footnotes too.
LATEX_RAISED = re.compile(r"(?<=[^\s$\\])\$(?:\{\})?\^\s?(?:\{([\d,;\s–()\[\]+*-]{1,40})\}|([\d+*-]))\$(?!\d)")
MARKDOWN_RAISED = re.compile(r"(?<=[^\s^])\^(\d[\d,–-]{0,30}|[+*†‡−-])\^(?![\w{^])")
MARKDOWN_LOWERED = re.compile(r"(?<=[A-Za-z])~(\d{1,2})~(?!\d)")
FOOTNOTE = re.compile(r"(?<=\S)\[\^(\d{1,3})\](?!:)")
LINK = re.compile(
    r"!?\[((?:[^\[\]\n]|\[[\d,–-]{1,20}\]){0,300})\]\((?:[^()\s]|\([^()\s]*\)){0,500}(?:\s+\"[^\"\n]*\")?\)"
)
STRONG = re.compile(r"(?<!\\)(\*\*|__)(?=\S)([^\n]{1,2000}?)(?<=\S)\1")
EMPHASIS = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*\n]{1,500}?)(?<=[^\s\\])\*(?!\w)")
UNDERSCORED = re.compile(r"(?<![\w\\])_(?=[^\s_])([^_\n]{1,500}?)(?<=[^\s\\])_(?!\w)")
CODE = re.compile(r"`([^`\n]{1,200})`")
ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+.!>~|$<&-])")
SPACES = re.compile(r"(?<=[ \t])[ \t]+|[ \t]+(?=\n)|(?<=\n)[ \t]+|\A[ \t]+|[ \t]+\Z")
LOST_POWER = re.compile(r"(?<=[×✕]10)(?=(?:[2-9]|1\d)(?!\d|\.\d))|(?<=[×✕] 10)(?=(?:[2-9]|1\d)(?!\d|\.\d))")
LOST_POINT = re.compile(
    r"(?<![\d:])(?:(?<=\d)|(?<=\d\d)|)\b(\d{1,2}):(\d{1,2})(?=\s?(?:[−–-]\s?\d+(?::\d+)?\s?)?[×✕]\s?10)"
)


def plain(text: AlignedText, markdown: bool) -> AlignedText:
    """Take the mark-up out of a text; Markdown's own marks only where it is Markdown."""
    text = text.substitute(COMMENT, "").substitute(WORDS_TAG, "")
    text = _scripts(_scripts(text, LATEX_RAISED), SCRIPT)
    text = _formulas(text)
    text = text.substitute(TAG, lambda m: " " if BREAKING.match(m.group()) else "")
    text = text.substitute(ENTITY, lambda m: html.unescape(m.group()).replace("\n", " "))
    if markdown:
        text = _scripts(_scripts(text, MARKDOWN_RAISED), MARKDOWN_LOWERED, up=False)
        text = text.edit(_footnotes(text.text))
        text = _links(text)
        for pattern in (STRONG, EMPHASIS, UNDERSCORED, CODE):
            text = _unwrapped(text, pattern)
        text = text.substitute(ESCAPE, "")
    text = _unicode_scripts(text)
    return tidy(_lost_powers(text))


def tidy(text: AlignedText) -> AlignedText:
    """Leave one space where there are several, none at the ends of paragraphs."""
    return text.substitute(SPACES, "")


def _unwrapped(text: AlignedText, pattern: re.Pattern[str]) -> AlignedText:
    """Delete the marks on both sides of the pattern's last group."""
    edits: list[Edit] = []
    for match in pattern.finditer(text.text):
        inner = match.re.groups
        edits += [Edit(match.start(), match.start(inner), ""), Edit(match.end(inner), match.end(), "")]
    return text.edit(edits)


def _scripts(text: AlignedText, pattern: re.Pattern[str], up: bool = True) -> AlignedText:
    """Write raised (or lowered: not `up`, or `<sub>`) characters in a line; they are the pattern's last group."""
    edits: list[Edit] = []
    for match in pattern.finditer(text.text):
        group = match.lastindex or 0
        before = pattern.sub(lambda m: m[m.lastindex or 0], text.text[max(0, match.start() - 60) : match.start()])
        raises = up and match.group()[:4].lower() != "<sub"
        edits += _flat(before, match[group], raises, match.span(), match.span(group))
    return text.edit(edits)


def _footnotes(text: str) -> list[Edit]:
    """Make the edits that leave a footnote's number in brackets, which cites it."""
    edits: list[Edit] = []
    for match in FOOTNOTE.finditer(text):
        joint = "" if text[match.start() - 1] in "]([" else " "
        edits += [Edit(match.start(), match.start(1), f"{joint}["), Edit(match.end(1), match.end(), "]")]
    return edits


def _flat(before: str, inner: str, up: bool, outer: tuple[int, int], at: tuple[int, int]) -> list[Edit]:
    """Make the edits that turn raised or lowered characters into running ones, keeping their origin."""
    if up:
        written = raised(before, inner)
        bare = inner.strip()[:1] in "([" or not written.citation
        opening, closing = written.joint + ("" if bare else "["), "" if bare else "]"
    else:
        opening, closing = ("_" if lowered(before, inner).startswith("_") else ""), ""
    return [Edit(outer[0], at[0], opening), Edit(at[1], outer[1], closing)]


def _unicode_scripts(text: AlignedText) -> AlignedText:
    """Write superscript digits as digits."""
    edits: list[Edit] = []
    for match in UNICODE_RAISED.finditer(text.text):
        digits = match.group().translate(SUPERSCRIPTS)
        written = raised(text.text[max(0, match.start() - 60) : match.start()], digits)
        flat = f"[{written.text}]" if written.citation else written.text
        edits.append(Edit(match.start(), match.end(), written.joint + flat))
    return text.edit(edits)


def _links(text: AlignedText) -> AlignedText:
    """Leave a link's text; a number keeps its brackets, for it is a citation."""
    edits: list[Edit] = []
    for match in LINK.finditer(text.text):
        keep = 1 if re.fullmatch(r"\d{1,3}([,–-]\s?\d{1,3})*", match[1]) else 0
        edits.append(Edit(match.start(), match.start(1) - keep, ""))
        edits.append(Edit(match.end(1) + keep, match.end(), ""))
    return text.edit(edits)


def _formulas(text: AlignedText) -> AlignedText:
    """Write LaTeX between dollars in a line, and close the gaps that converters leave around it."""
    edits: list[Edit] = []
    for match in MATH.finditer(text.text):
        if not MATHEMATICAL.search(match[1]) or ("\\" not in match[1] and match[1] != match[1].strip()):
            continue
        flat = to_text(match[1])
        start, end = match.span()
        left, right = text.text[max(0, start - 12) : start], text.text[end : end + 12]
        if left.endswith(" ") and _clings_left(left.rstrip(" "), flat):
            start -= len(left) - len(left.rstrip(" "))
        if right.startswith(" ") and _clings_right(left.rstrip(" "), right.lstrip(" ")):
            end += len(right) - len(right.lstrip(" "))
        edits.append(Edit(max(start, edits[-1].end if edits else 0), end, flat))
    return text.edit(edits)


def _clings_left(left: str, flat: str) -> bool:
    """Tell whether a formula belongs to the word before it: after a hyphen, Greek after an acronym."""
    greek = bool(flat) and "α" <= flat[0] <= "ω"
    return left[-1:] in "-–/([" or (greek and re.search(r"(?:^|[^A-Za-z])[A-Z]{2,5}\Z", left) is not None)


def _clings_right(left: str, right: str) -> bool:
    """Tell whether what follows a formula belongs to it: closing marks, a hyphen, the B of NF-κB."""
    if right[:1] in ")],.;:%/" or re.match(r"-\w", right):
        return True
    return left.endswith("-") and re.match(r"[A-Z0-9](?![A-Za-z0-9])", right) is not None


def _lost_powers(text: AlignedText) -> AlignedText:
    """Mend numbers whose typesetting was lost: `3 × 107` is 3 × 10^7, `0:5 × 106` is 0.5 × 10^6."""
    points = [Edit(m.end(1), m.start(2), ".") for m in LOST_POINT.finditer(text.text)]
    return text.edit(points + [Edit(m.start(), m.start(), "^") for m in LOST_POWER.finditer(text.text)])
