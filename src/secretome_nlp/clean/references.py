"""Reference lists: each entry's number, authors, year, title, DOI and PMID."""

from __future__ import annotations

import re
from collections.abc import Iterable

from secretome_nlp.types import Reference

NUMBER = re.compile(r"\[?(\d{1,4})[.)\]]\s*|(\d{1,4})\s+(?=[A-Z][\w'’-]+ [A-Z]{1,3}\b)")
PMID = re.compile(r"\bPMID:?\s?(\d{4,8})\b|pubmed/(\d{4,8})\b|pubmed\.ncbi\.nlm\.nih\.gov/(\d{4,8})\b")
DOI = re.compile(r"\b10\.\d{4,9}/\s?\S+(?:(?<=[./])\s\S*\d\S*)*")
AFTER_DOI = re.compile(r"\s(?:Epub|PMID|PMCID|eCollection|Available|Accessed|PubMed|http|\[|\()")
YEAR = re.compile(r"(?<![\d/.-])((?:18|19|20)\d\d)(?![\d/-]|\.\d)")
AUTHOR = re.compile(r"((?:[a-z'’]{1,4} )*[^\W\d_][\w'’-]*(?: (?!et\b|and\b)[^\W\d_][\w'’-]{2,})*)")
SENTENCE_END = re.compile(r"(?<=[\w)\]])[.?!](?=\s)")
NAMES = re.compile(r",\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+|;\s*")
NOT_NAMES = re.compile(r"\bet\.? ?al\.?|\beds?\.?\Z|\beditors?\b|\(.*", re.IGNORECASE)
#: Initials that stand apart from their name ("Gatti, S.-M."), before it ("S. Gatti"), and with stops.
INITIALS_ALONE = re.compile(r"(?:[A-Z]-?){1,4}")
INITIALS_FIRST = re.compile(r"(?:[A-Z]\.[ -]{0,2}){1,4}")
DOTTED = re.compile(r"(?:(?<=\s)|^)(?:[A-Z]\.[ -]{0,2}){1,4}")
PERSON = re.compile(r"\s[A-Z-]{1,6}\Z")
QUOTED = re.compile(r"[“\"]([^”\"]{10,})[”\"]")
YEAR_IN_BRACKETS = re.compile(r"\((?:1[89]|20)\d\d[a-z]?\)[.:,]?\s+")
#: Names alone: what stands before the year in "Rossi, A., & Bianchi, B. C. (2016)" and "Rossi A, Verdi D (2012)".
NAMES_WITH_STOPS = re.compile(r"(?:(?!\w{2,}\.\s(?!al\b)(?!et\b))[\w.,&;'’ -]){2,400}")
INITIALS = re.compile(r"(?:^|[\s,])(?:[A-Z]\.\s?)+\Z|\b(?:Dr|St)\Z")


def parse(entries: Iterable[str]) -> tuple[Reference, ...]:
    """Return the references of a list, one an entry. `ref` is its number, or its place if it has none."""
    found: list[Reference] = []
    place = 0
    for entry in entries:
        text = " ".join(entry.split())
        number = NUMBER.match(text)
        place = int(number[1] or number[2]) if number else place + 1
        body = text[number.end() :] if number else text
        if body:
            found.append(_reference(str(place), body))
    return tuple(found)


def _reference(ref: str, body: str) -> Reference:
    """Read one entry, its number taken off."""
    doi = doi_in(body)
    pmid = PMID.search(body)
    plain = DOI.sub(" ", body)
    years = [int(m[1]) for m in YEAR.finditer(plain)]
    authors, title = _authors_and_title(body)
    year = years[0] if years else None
    names = _authors(authors)
    return Reference(
        ref=ref,
        label=_label(authors, names, year),
        pmid=next((group for group in pmid.groups() if group), None) if pmid else None,
        doi=doi,
        year=year,
        title=title,
        authors=names if title else (),
    )


def doi_in(text: str) -> str | None:
    """Return the DOI in `text`, spaces that a line end put into it taken out; None where there is none."""
    match = DOI.search(text)
    if match is None:
        return None
    found = match.group()
    after = AFTER_DOI.search(found)
    return re.sub(r"\s", "", found[: after.start()] if after else found).rstrip(".,;:)]>\"'") or None


def _authors_and_title(body: str) -> tuple[str, str | None]:
    """Split an entry where its style says: at a title in quotes, at a year in brackets, else at full stops."""
    quoted = QUOTED.search(body)
    if quoted and quoted.start():
        return body[: quoted.start()], quoted[1].rstrip(" ,.") or None
    stops = [m.start() for m in SENTENCE_END.finditer(body) if not _is_inside_names(body, m)]
    dated = YEAR_IN_BRACKETS.search(body)
    if dated and dated.start() and NAMES_WITH_STOPS.fullmatch(body[: dated.start()].strip()):
        end = next((at for at in stops if at >= dated.end()), len(body))
        return body[: dated.start()], body[dated.end() : end].strip() or None
    if not stops:
        return body, None
    authors = body[: stops[0]]
    end = stops[1] + (body[stops[1]] != ".") if len(stops) > 1 else len(body)
    return authors, body[stops[0] + 1 : end].strip() or None


def _is_inside_names(body: str, stop: re.Match[str]) -> bool:
    """Tell whether a stop belongs to an initial or a title before a name, or to names that "et al." follows."""
    return bool(INITIALS.search(body[: stop.start()])) or body[stop.end() :].lstrip().startswith("et al")


def _authors(text: str) -> tuple[str, ...]:
    """Return the authors' names, surname first, initials without stops: "Gatti S"."""
    found: list[str] = []
    for part in NAMES.split(text):
        name = " ".join(NOT_NAMES.sub("", part).replace(".", ". ").split())
        leading = INITIALS_FIRST.match(name)
        if leading and leading.end() < len(name):
            name = f"{name[leading.end() :]} {leading.group()}"
        name = DOTTED.sub(lambda m: m.group().replace(".", "").replace(" ", ""), name).strip(" .")
        if found and INITIALS_ALONE.fullmatch(name) and " " not in found[-1]:
            found[-1] += f" {name}"
        elif name and not name.isdigit():
            found.append(name)
    return tuple(found)


def _label(text: str, names: tuple[str, ...], year: int | None) -> str:
    """Name a study as texts do: "Gatti et al. 2011"."""
    first = AUTHOR.match(names[0]) if names else None
    name = first[1] if first else text[:40].strip()
    if len(names) > 2 or "et al" in text:
        name += " et al."
    elif len(names) == 2 and all(PERSON.search(other) for other in names):
        second = AUTHOR.match(names[1])
        name += f" and {second[1]}" if second else ""
    return f"{name} {year}" if year else name
