"""JATS: reading order, headings, floats, citations, references."""

from __future__ import annotations

from pathlib import Path

from secretome_nlp.read import read_paths
from secretome_nlp.types import Bibliography, Failure, RawDocument, Reference

ARTICLE = """<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS" "JATS-archivearticle1.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink"><front>
<journal-meta><journal-title>Journal of Tests</journal-title></journal-meta>
<article-meta><article-id pub-id-type="pmid">77</article-id><article-id pub-id-type="doi">10.1/x</article-id>
<title-group><article-title>Vesicles in <italic>Rattus</italic></article-title></title-group>
<contrib-group><contrib><name><surname>Doe</surname></name><xref ref-type="aff" rid="A">1</xref></contrib>
</contrib-group>
<pub-date><year>2021</year></pub-date><pub-date><year>2020</year></pub-date>
<abstract><sec><title>Aims</title><p>To see.</p></sec>
<sec><title>Results</title><p>Well.</p></sec></abstract>
</article-meta></front><body>
<sec><title>Introduction</title>
<p>They carry miR-21<sup><xref ref-type="bibr" rid="b1">1</xref></sup> and more
[<xref ref-type="bibr" rid="b1">1</xref>-<xref ref-type="bibr" rid="b3">3</xref>].<fig id="f">
<label>Fig. 1</label>
<caption><p>A rat.</p></caption></fig> So it is.</p></sec>
<sec><title>Methods</title><sec><title>Doses</title><p>We gave 10<sup>9</sup> of them.</p>
<table-wrap><label>Table 1</label><caption><p>Doses</p></caption><table>
<tr><th>Arm</th><th>Dose</th></tr>
<tr><td>EV</td><td>5 <italic>µg</italic></td></tr></table></table-wrap></sec></sec>
</body><back><ack><p>Thanks.</p></ack><ref-list>
<ref id="b1"><citation><name><surname>Roe</surname></name><article-title>On EVs</article-title>
<year>2001</year>
<pub-id pub-id-type="pmid">5</pub-id></citation></ref>
<ref id="b2"><citation/></ref><ref id="b3"><citation/></ref></ref-list></back></article>"""


def test_article(tmp_path: Path) -> None:
    path = tmp_path / "paper.nxml"
    path.write_text(ARTICLE, encoding="utf-8")
    (document,) = read_paths([path])
    assert isinstance(document, RawDocument)
    assert (document.doc_id, document.format, document.title) == ("77", "jats", "Vesicles in Rattus")
    found = [(s.kind, s.title, document.text[s.start : s.end]) for s in document.sections]
    assert found == [
        ("title", "", "Vesicles in Rattus"),
        ("objective", "Aims", "To see."),
        ("results", "Results", "Well."),
        ("heading", "Introduction", "Introduction"),
        ("background", "Introduction", "They carry miR-21 1 and more [1-3]. So it is."),
        ("caption", "Introduction", "Fig. 1 A rat."),
        ("heading", "Methods", "Methods"),
        ("heading", "Doses", "Doses"),
        ("methods", "Doses", "We gave 10^9 of them."),
        ("caption", "Doses", "Table 1 Doses"),
        ("table", "Doses", "Arm\tDose\n\nEV\t5 µg"),
        ("back_matter", "", "Thanks."),
    ]
    cited = [(document.text[c.start : c.end], c.refs) for c in document.citations]
    assert cited == [("1", ("1",)), ("1-3", ("1", "2", "3"))]
    assert document.references[0] == Reference("1", "Roe 2001", "5", None, 2001, "On EVs", ("Roe",))
    assert document.bibliography == Bibliography("77", "10.1/x", 2020, "Doe", "Journal of Tests")


def test_cut_off_article(tmp_path: Path) -> None:
    path = tmp_path / "paper.nxml"
    path.write_text(ARTICLE[:900], encoding="utf-8")
    (found,) = read_paths([path])
    assert isinstance(found, Failure)


def test_real_articles(shared: Path, tmp_path: Path) -> None:
    import tarfile

    with tarfile.open(shared / "corpus" / "jats.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    documents = list(read_paths([tmp_path]))
    assert len(documents) == 46
    for document in documents:
        assert isinstance(document, RawDocument)
        assert document.references
        assert document.citations
        assert [s.start for s in document.sections[1:]] == [s.end + 2 for s in document.sections[:-1]]
        numbers = {reference.ref for reference in document.references}
        assert sum(set(c.refs) <= numbers for c in document.citations) == len(document.citations)
