"""Features of words for the entity tagger: spelling, neighbours, tags and word clusters.

The set follows what linear-chain taggers of biomedical names have used since ABNER (Settles, 2004), with clusters of
word vectors as in Turian et al. (2010).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

GREEK = frozenset(
    ["alpha", "beta", "gamma", "delta", "epsilon", "kappa", "lambda", "sigma", "theta", "omega", "zeta", "eta", "mu"]
)
ROMAN = re.compile(r"[ivx]+\Z")
PAD = "^"
MOST_WORDS = 6
JOINTS = frozenset("-/–")
GROUP = ("NN", "JJ", "CD", "FW", "HYPH", "AFX")  # Penn tags of words that stand in a noun group
BRIEF = re.compile(r"(.)\1+")


@lru_cache(maxsize=100_000)
def shape(word: str) -> str:
    """Return the word with A for capitals, a for small letters and 0 for digits."""
    letters = ("0" if c.isdigit() else "A" if c.isupper() else "a" if c.isalpha() else c for c in word)
    return "".join(letters)


@lru_cache(maxsize=100_000)
def spelling(word: str) -> tuple[str, ...]:
    """Return the features that a word has by itself."""
    lower, form = word.lower(), shape(word)
    brief = BRIEF.sub(r"\1", form)
    found = [f"w={lower}", f"W={word}", f"s={form if len(form) < 12 else brief}", f"b={brief}"]
    found += [f"p{n}={lower[:n]}" for n in (2, 3, 4, 5) if len(lower) > n]
    found += [f"e{n}={lower[-n:]}" for n in (2, 3, 4, 5) if len(lower) > n]
    if "0" in form and "a" in form.lower():
        found.append("letters+digits")
    if lower in GREEK:
        found.append("greek")
    if ROMAN.match(lower):
        found.append("roman")
    if len(word) == 1:
        found.append("one")
    if word.isupper():
        found.append("caps")
    return tuple(found)


@lru_cache(maxsize=100_000)
def nearby(word: str) -> tuple[str, ...]:
    """Return the features that a word gives its neighbours."""
    brief = BRIEF.sub(r"\1", shape(word))
    return (f"w={word.lower()}", f"b={brief}", f"e3={word.lower()[-3:]}")


def brief_shape(word: str) -> str:
    """Return the shape of a word with its runs cut to one sign: `Il-10` and `Tnf-1` are alike."""
    return BRIEF.sub(r"\1", shape(word))


def ids_of(word: str, clusters: Mapping[str, Sequence[int]], size: int) -> str:
    """Return a word's cluster of one size, as text; "" where it has none."""
    ids = clusters.get(word)
    return str(ids[size]) if ids else ""


def chunks(words: Sequence[str], spaces: Sequence[bool]) -> list[tuple[str, str]]:
    """Return for each word the compound that hyphens and slashes glue it into, and its place in it (B, I, E or S)."""
    found: list[tuple[str, str]] = []
    start = 0
    for n in range(1, len(words) + 1):
        glued = n < len(words) and not spaces[n - 1] and (words[n] in JOINTS or words[n - 1] in JOINTS)
        if not glued:
            whole, size = "".join(words[start:n]), n - start
            places = "S" if size == 1 else "B" + "I" * (size - 2) + "E"
            found += [(whole, place) for place in places]
            start = n
    return found


def heads(words: Sequence[str], tags: Sequence[str]) -> list[tuple[str, int]]:
    """Return for each word the last word of the noun group it stands in, and how far that is (4 for further).

    "NF-kappa B" is a protein, "NF-kappa B site" is DNA: the head tells. Words outside a group are their own head.
    """
    found: list[tuple[str, int]] = [("", 0)] * len(words)
    end = len(words) - 1
    for n in range(len(words) - 1, -1, -1):
        if not (tags[n].startswith(GROUP) or words[n] in JOINTS):
            found[n] = ("", 0)
            end = n - 1
        else:
            found[n] = (words[end].lower(), min(end - n, 4))
    return found


def listed(words: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Return for each word which list of known names it stands in and where (`gB`, `gI`), "" for none.

    `names` maps lower-case words joined by blanks to the letter of their list; the longest name wins.
    """
    marks = [""] * len(words)
    n = 0
    while n < len(words):
        for size in range(min(MOST_WORDS, len(words) - n), 0, -1):
            letter = names.get(" ".join(words[n : n + size]))
            if letter:
                marks[n] = f"{letter}B"
                marks[n + 1 : n + size] = [f"{letter}I"] * (size - 1)
                n += size - 1
                break
        n += 1
    return marks


def features(
    words: Sequence[str],
    spaces: Sequence[bool],
    tags: Sequence[str],
    clusters: Mapping[str, Sequence[int]],
    names: Mapping[str, str],
) -> list[list[str]]:
    """Return the features of each word of a sentence.

    `spaces` tells whether a blank follows a word, `tags` are Penn tags; `clusters` gives the ids of a lower-case
    word's clusters, coarse to fine; `names` the list that a known name stands in.
    """
    none: tuple[int, ...] = ()
    ids = [clusters.get(w.lower(), none) for w in words]
    lower = [w.lower() for w in words]
    last = len(words) - 1
    compounds = chunks(words, spaces)
    marks = listed(lower, names)
    last_words = heads(words, tags)
    rows = []
    for n, word in enumerate(words):
        row = list(spelling(word))
        row += [f"c{k}={c}" for k, c in enumerate(ids[n])]
        for step in (-3, -2, -1, 1, 2, 3):
            at = n + step
            if 0 <= at <= last:
                row += [f"{step}{f}" for f in (nearby(words[at]) if abs(step) == 1 else nearby(words[at])[:1])]
                row += [f"{step}c{k}={c}" for k, c in enumerate(ids[at])] if abs(step) == 1 else []
                row.append(f"{step}t={tags[at]}")
            else:
                row.append(f"{step}{PAD}")
        before = lower[n - 1] if n else PAD
        after = lower[n + 1] if n < last else PAD
        row += [f"w-1w={before}|{lower[n]}", f"ww+1={lower[n]}|{after}", f"t={tags[n]}"]
        row.append(f"t-1t={tags[n - 1] if n else PAD}|{tags[n]}")
        row.append(f"tt+1={tags[n]}|{tags[n + 1] if n < last else PAD}")
        head, far = last_words[n]
        if head:
            row += [f"h={head}", f"h{far}={head[-4:]}", f"hc={ids_of(head, clusters, 1)}"]
        row.append(f"bb={brief_shape(words[n - 1]) if n else PAD}|{brief_shape(word)}")
        row.append(f"b+1={brief_shape(word)}|{brief_shape(words[n + 1]) if n < last else PAD}")
        if ids[n]:
            row.append(f"cc={ids[n - 1][1] if n and ids[n - 1] else PAD}|{ids[n][1]}")
            row.append(f"c+1={ids[n][1]}|{ids[n + 1][1] if n < last and ids[n + 1] else PAD}")
        whole, place = compounds[n]
        row.append(place)
        row += [f"{step}l={marks[n + step]}" for step in (-1, 0, 1) if 0 <= n + step <= last and marks[n + step]]
        if place != "S":
            brief = BRIEF.sub(r"\1", shape(whole))
            row += [f"k={whole.lower()}", f"kb={brief}", f"{place}p3={whole[:3].lower()}"]
            ids_of_whole = clusters.get(whole.lower(), none)
            row += [f"kc{k}={c}" for k, c in enumerate(ids_of_whole)]
        rows.append(row)
    return rows
