"""Speed and memory of the PubMed XML reader on citations of real size, beside decompression alone.

`python benchmarks/pubmed_xml.py [--citations N] [--repeat N] [--smoke]` makes a `.xml.gz` of citations of about 6 kB of
XML each, with the parts that MEDLINE's have (journal, labelled abstract with inline mark-up, authors with affiliations,
MeSH, substances, history, a reference list now and then), all in invented words. Printed are citations a second of
processor time, the reader's peak memory on the file and on one a tenth of its length, and the same for bare inflating.
"""

from __future__ import annotations

import argparse
import gzip
import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from secretome_nlp.read import expand, read_source
from secretome_nlp.read.source import opened
from secretome_nlp.types import RawDocument

SYLLABLES = (
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "la",
    "me",
    "ni",
    "po",
    "ru",
    "sa",
    "te",
    "vi",
    "xo",
    "bra",
    "cle",
    "dri",
    "flo",
)
BYTES = 6_000
LABELS = (("BACKGROUND", "BACKGROUND"), ("METHODS", "METHODS"), ("RESULTS", "RESULTS"), ("CONCLUSION", "CONCLUSIONS"))
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January '
    '2023//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_230101.dtd">\n<PubmedArticleSet>\n'
)
TAIL = "<DeleteCitation><PMID Version='1'>1</PMID></DeleteCitation></PubmedArticleSet>\n"


class Words:
    """Invented words, the common ones oftener, so that the file packs about as well as MEDLINE's."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.words = ["".join(self.chance.choices(SYLLABLES, k=self.chance.randint(1, 5))) for _ in range(30_000)]
        self.weights = [1 / (rank + 3) for rank in range(len(self.words))]
        self.store = self.chance.choices(self.words, self.weights, k=200_000)
        self.at = 0

    def some(self, count: int) -> str:
        """Return `count` words."""
        self.at = (self.at + count + self.chance.randrange(50)) % (len(self.store) - 1000)
        return " ".join(self.store[self.at : self.at + count])


def abstract(words: Words) -> str:
    """Return an abstract of some 200 words; every other one has labels, every fourth inline mark-up."""
    chance = words.chance
    if chance.random() < 0.5:
        return f"<AbstractText>{words.some(200)} &lt;0.05.</AbstractText>"
    marked = " <i>in vitro</i> miR-21<sup>1</sup> 10<sup>7</sup> H<sub>2</sub>O" if chance.random() < 0.5 else ""
    return "".join(
        f'<AbstractText Label="{label}" NlmCategory="{category}">{words.some(50)}'
        f"{marked * (label == 'RESULTS')}.</AbstractText>"
        for label, category in LABELS
    )


def author(words: Words) -> str:
    """Return an author with an affiliation."""
    return (
        f'<Author ValidYN="Y"><LastName>{words.some(1).title()}</LastName><ForeName>{words.some(1).title()}</ForeName>'
        f"<Initials>J</Initials><AffiliationInfo><Affiliation>{words.some(12)}.</Affiliation></AffiliationInfo></Author>\n"
    )


def heading(words: Words) -> str:
    """Return a MeSH heading with a qualifier."""
    one, two = words.chance.randrange(30_000), words.chance.randrange(500)
    return (
        f'<MeshHeading><DescriptorName UI="D{one:06}" MajorTopicYN="N">{words.some(2)}</DescriptorName>'
        f'<QualifierName UI="Q{two:06}" MajorTopicYN="N">{words.some(1)}</QualifierName></MeshHeading>\n'
    )


def citation(number: int, words: Words) -> str:
    """Return a citation of about BYTES bytes."""
    front = (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{number}</PMID>'
        "<DateCompleted><Year>2020</Year><Month>01</Month><Day>17</Day></DateCompleted>\n"
        '<Article PubModel="Print"><Journal><ISSN IssnType="Print">0000-0000</ISSN><JournalIssue CitedMedium="Print">'
        "<Volume>18</Volume><Issue>3</Issue><PubDate><Year>2019</Year><Month>Mar</Month></PubDate></JournalIssue>"
        f"<Title>{words.some(4)}</Title><ISOAbbreviation>{words.some(2)}</ISOAbbreviation></Journal>\n"
        f"<ArticleTitle>{words.some(14)}.</ArticleTitle><Pagination><MedlinePgn>1-9</MedlinePgn></Pagination>"
        f'<ELocationID EIdType="doi" ValidYN="Y">10.9999/j.{number}</ELocationID>'
        f'<Abstract>{abstract(words)}</Abstract>\n<AuthorList CompleteYN="Y">\n'
    )
    back = (
        '<Language>eng</Language><PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>'
        "</PublicationTypeList></Article>\n<MedlineJournalInfo><Country>Nowhere</Country><MedlineTA>J Tests</MedlineTA>"
        f"</MedlineJournalInfo><CitationSubset>IM</CitationSubset></MedlineCitation>\n<PubmedData><History>"
        '<PubMedPubDate PubStatus="pubmed"><Year>2019</Year><Month>3</Month><Day>2</Day></PubMedPubDate></History>'
        f'<PublicationStatus>ppublish</PublicationStatus><ArticleIdList><ArticleId IdType="pubmed">{number}</ArticleId>'
        f'<ArticleId IdType="doi">10.9999/j.{number}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>\n'
    )
    authors = "".join(author(words) for _ in range(words.chance.randint(3, 8))) + "</AuthorList>"
    size = len(front) + len(authors) + len(back)
    headings = []
    while size < BYTES:
        headings.append(heading(words))
        size += len(headings[-1])
    return (
        front
        + authors
        + back.replace("</CitationSubset>", f"</CitationSubset><MeshHeadingList>{''.join(headings)}</MeshHeadingList>")
    )


def make(path: Path, count: int) -> int:
    """Write the file; return its size unpacked."""
    words, size = Words(11), 0
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=6) as out:
        size += out.write(HEAD)
        for number in range(1, count + 1):
            size += out.write(citation(number, words))
        size += out.write(TAIL)
    return size


def seconds(path: Path, parse: bool) -> tuple[float, int]:
    """Return the processor time of reading the file once, and how many documents came."""
    found, start = 0, time.process_time()
    if parse:
        (source,) = expand([path])
        found = sum(isinstance(item, RawDocument) for item in read_source(source))
    else:
        with opened(str(path)) as stream:
            while stream.read(1 << 20):
                pass
    return time.process_time() - start, found


def peak(path: Path) -> float:
    """Return the peak memory, in MB, of a process that reads the file."""
    done = subprocess.run([sys.executable, __file__, "--child", str(path)], capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024


def main() -> None:
    """Print speed and memory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--citations", type=int, default=30_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--smoke", action="store_true", help="a few citations only, to see that it runs")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        seconds(given.child, parse=True)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        return
    count, repeat = (300, 1) if given.smoke else (given.citations, given.repeat)
    with TemporaryDirectory() as folder:
        path, small = Path(folder) / "made.xml.gz", Path(folder) / "small.xml.gz"
        size = make(path, count)
        make(small, max(count // 10, 1))
        print(f"{count:,} citations of {size / count:,.0f} bytes, packed {size / path.stat().st_size:.1f} to 1")
        bare = min(seconds(path, parse=False)[0] for _ in range(repeat))
        times = [seconds(path, parse=True) for _ in range(repeat)]
        assert all(found == count for _, found in times)
        read = min(taken for taken, _ in times)
        print(f"decompression alone: {count / bare:,.0f} citations a second")
        print(f"PubMed XML reader:   {count / read:,.0f} citations a second (best of {repeat})")
        print(f"peak memory: {peak(path):.0f} MB; on a tenth of the file: {peak(small):.0f} MB")


if __name__ == "__main__":
    main()
