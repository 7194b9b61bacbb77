"""Make `knowledge/data/wordlists/words.tsv`: common words of biomedical English, with how common they are.

Counted over CRAFT's articles, GENIA's abstracts and the field's abstracts (those drawn for the gold set left
out), letters only, folded to lower case. A word is kept when at least two documents use it; what is stored is
the word and the whole part of log2 of its count: facts about words, no text. The words of OWN_WORDS are added
by hand.

Usage: python training/word_list.py SHARED_FOLDER
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
TARGET = REPO / "src/secretome_nlp/knowledge/data/wordlists/words.tsv"
WORD = re.compile(r"[^\W\d_]+")
OWN_WORDS = """
    secretome secretomes exosome exosomes exosomal ectosome ectosomes microvesicle microvesicles
    nanovesicle nanovesicles biomaterial biomaterials hydrogel hydrogels nanofiber nanofibers nanofibre
    nanofibres scaffold scaffolds microneedle microneedles nanoparticle nanoparticles nanosilicate
    nanosilicates nanocomposite xenogeneic allogeneic autologous syngeneic immunomodulation
    immunomodulatory renoprotective cardioprotective neuroprotective hepatoprotective chondroprotective
    nephrotoxicity cardiotoxicity gentamicin cisplatin doxorubicin nephrectomy glomerulonephritis
    rhabdomyolysis preconditioned preconditioning preconditioner cotransplantation engraftment
    intraperitoneal intraperitoneally intravenously intramuscular intrarenal intranasal intranasally
    intraarticular intravitreal intrathecal intralesional subretinal transendocardial epicardial
    osteochondral periodontitis osteoarthritis biodistribution bioactive bioreactor bioreactors
    cryopreserved lyophilized lyophilised off-target paracrine autocrine juxtacrine miscommunication
    neovascularization revascularization neovasculogenesis vasculogenesis pluripotent multipotent
    totipotent unfractionated ultracentrifugation ultrafiltration tangential multidomain malondialdehyde
    rejuvenation photoaging alopecia dyschromia rhytids keloid keloids cheiloschisis biofunctional
    mechanobiology
"""


def texts(shared: Path) -> Iterator[str]:
    """Yield the documents to count, those of the gold set left out."""
    gold = set(re.findall(r"\d{6,}", (REPO / "annotations/draw.json").read_text(encoding="utf-8")))
    for name in ("benchmarks/craft/texts.jsonl.gz", "benchmarks/genia/sentences.jsonl.gz",
                 "corpus/abstracts/ev_pubmed.jsonl.gz", "corpus/abstracts/msc_crossref.jsonl"):  # fmt: skip
        path = shared / name
        data = gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()
        for line in filter(None, data.decode("utf-8").split("\n")):
            row = json.loads(line)
            if str(row.get("id", row.get("pmid"))) not in gold:
                text = "\n".join(str(row[key]) for key in ("title", "abstract", "text") if row.get(key))
                yield re.sub(r"<[^>]+>", " ", text)


def main() -> None:
    """Count and write."""
    shared = Path(sys.argv[1])
    counts, documents = Counter[str](), Counter[str]()
    for text in texts(shared):
        words = [word.lower() for word in WORD.findall(text)]
        counts.update(words)
        documents.update(set(words))
    kept = {word: n for word, n in counts.items() if documents[word] > 1 and (len(word) > 1 or word in "ai")}
    for word in WORD.findall(OWN_WORDS):
        kept[word] = max(kept.get(word, 0), 4)
    total = sum(counts.values())
    header = f"# Made by training/word_list.py from {total} words: word, whole part of log2 of its count\n"
    body = "".join(f"{word}\t{kept[word].bit_length() - 1}\n" for word in sorted(kept))
    TARGET.write_text(header + body, encoding="utf-8")
    print(f"{len(kept)} words, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
