"""Fetch: records of PubMed and open-access full texts of Europe PMC, into files that `extract` reads."""
