"""Where an identifier can be looked up."""

from __future__ import annotations

import re
from urllib.parse import quote

OBO = ("CL", "UBERON", "MONDO", "GO", "CHEBI", "NCIT")
CURIES = {
    "PMID": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "HGNC": "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:{}",
    "NCBITaxon": "https://www.ncbi.nlm.nih.gov/Taxonomy/Browser/wwwtax.cgi?id={}",
    "CVCL": "https://www.cellosaurus.org/CVCL_{}",
    "UniProtKB": "https://www.uniprot.org/uniprotkb/{}",
    "miRBase": "https://www.mirbase.org/hairpin/{}",
}
IN_TEXT = (
    (re.compile(r"\bPMID (\d+)"), "https://pubmed.ncbi.nlm.nih.gov/{}/"),
    (re.compile(r"\bdoi:(10\.\S+)"), "https://doi.org/{}"),
    (re.compile(r"\b(NCT\d{8})\b"), "https://clinicaltrials.gov/study/{}"),
)


def link_in(text: str) -> str:
    """Return the address of the first identifier that a cell's text names, empty where there is none."""
    for pattern, address in IN_TEXT:
        m = pattern.search(text)
        if m:
            return address.format(quote(m[1], safe="/.:;()-_"))
    m = re.fullmatch(r"([A-Za-z]+)[:_]([\w.-]+)", text)
    if m is None:
        return ""
    if m[1] in OBO:
        return f"http://purl.obolibrary.org/obo/{m[1]}_{m[2]}"
    return CURIES[m[1]].format(m[2]) if m[1] in CURIES else ""
