"""What an article was compared with: what follows a word of comparison, or an arm that is named a control."""

from __future__ import annotations

import re
from functools import cache

from secretome_nlp.assemble.arms import Article
from secretome_nlp.assemble.preparations import preparations_of
from secretome_nlp.assemble.view import View
from secretome_nlp.knowledge.records import load_record_words
from secretome_nlp.types import Mention, Slot

#: What may stand between a source and its product.
PRODUCT_OF = re.compile(r"[\s-]*(?:derived[\s-]+)?")
#: How far before a comparator its word of comparison may stand.
REACH = 60
#: The finder of arms that are named as controls ("Ctrl-EVs").
CONTROL_ARM = "component.arm"


def comparator_slot(view: View, article: Article, sentences: list[int]) -> Slot | None:
    """Return what the article was compared with, if that is said.

    The article itself without its preparation can be the comparator of the prepared one.
    """
    own = article.ids()
    prepared = any(preparations_of(view, m) for m in article.mentions)
    for m in view.of(sentences, "COMPONENT", "CELL_TYPE", "PRIMING", "DELIVERY"):
        if m.id in own and not (prepared and not preparations_of(view, m)) and not _beside_another(view, article, m):
            continue
        if _follows_comparison(view, m) or m.by.id == CONTROL_ARM:
            return _with_product(view, m)
    return None


def _beside_another(view: View, article: Article, m: Mention) -> bool:
    """Tell whether the sentence sets a form of the article beside one of another name: "H-EVs ... than N-EVs"."""
    others = [o for o in article.mentions if o.sentence == m.sentence and not _follows_comparison(view, o)]
    names = {_name(view, o) for o in others}
    return bool(names) and _name(view, m) not in names


def _name(view: View, m: Mention) -> str:
    """Return the whole word that ends with a mention, without a plural's ending: of "H-EVs" all, not "EVs"."""
    return view.text[_word_start(view, m) : m.end].lower().removesuffix("s")


def _word_start(view: View, m: Mention) -> int:
    start = m.start
    while start and not view.text[start - 1].isspace() and view.text[start - 1] not in "([":
        start -= 1
    return start


def _follows_comparison(view: View, m: Mention) -> bool:
    return _comparison().search(view.text[max(0, m.start - REACH) : m.start].lower()) is not None


@cache
def _comparison() -> re.Pattern[str]:
    words = load_record_words()
    compared, between = ("|".join(map(re.escape, names)) for names in (words.comparators, words.compared))
    return re.compile(rf"\b(?:{compared})\s+(?:(?:{between})\s+)*(?:[^\W\d][\w]*-?)?$")


def _with_product(view: View, m: Mention) -> Slot:
    """Return a comparator with the product that its cell or preparation names the source of: "MSC-Exos", not "MSC"."""
    parts = [m]
    for o in view.of([m.sentence], "CELL_TYPE", "COMPONENT"):
        between = view.text[parts[-1].end : o.start]
        if o.start >= parts[-1].end and PRODUCT_OF.fullmatch(between):
            parts.append(o)
    start = _word_start(view, m)
    if len(parts) == 1 and start == m.start:
        return view.slot(m)
    text = " ".join(view.text[start : parts[-1].end].split())
    prefix = view.text[start : m.start].lower()
    return Slot(
        text, prefix + " ".join(view.value(p).replace("_", " ") for p in parts), None, tuple(p.id for p in parts)
    )
