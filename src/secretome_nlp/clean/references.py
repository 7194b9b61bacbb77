"""Reference lists: each entry's number, first author, year, title, DOI and PMID."""

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
    return Reference(
        ref=ref,
        label=_label(authors, year),
        pmid=next((group for group in pmid.groups() if group), None) if pmid else None,
        doi=doi,
        year=year,
        title=title,
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
    """Split "Authors. Title. Journal ..." at its first two stops that are no initials'."""
    stops = [m.start() for m in SENTENCE_END.finditer(body) if not INITIALS.search(body[: m.start()])]
    if not stops:
        return body, None
    authors = body[: stops[0]]
    end = stops[1] + (body[stops[1]] != ".") if len(stops) > 1 else len(body)
    return authors, body[stops[0] + 1 : end].strip() or None


def _label(authors: str, year: int | None) -> str:
    """Name a study as texts do: "Gatti et al. 2011"."""
    names = [name for name in re.split(r",\s*(?:and\s+)?|\s+(?:and|&)\s+|;\s*", authors) if name.strip()]
    first = AUTHOR.match(names[0].strip()) if names else None
    name = first[1] if first else authors[:40].strip()
    people = [other for other in names if re.search(r"[A-Z]\.?\Z", other.strip())]
    if len(names) > 2 or "et al" in authors:
        name += " et al."
    elif len(people) == 2:
        second = AUTHOR.match(names[1].strip())
        name += f" and {second[1]}" if second else ""
    return f"{name} {year}" if year else name
