"""Identifiers: which are well formed, which are not, and where nothing may be said."""

from __future__ import annotations

import time

import pytest

from auditor.detectors.citations.identifiers import identifiers
from auditor.detectors.citations.malformed_identifier import malformed_identifier
from auditor.documents import from_text
from auditor.findings import Severity
from tests.patience import patience


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("see doi:10.5555/Kites.7.", "doi", "10.5555/kites.7"),
        ("(https://doi.org/10.1016/S0140-6736(20)30183-5).", "doi", "10.1016/s0140-6736(20)30183-5"),
        ("DOI 10.1000.10/123", "doi", "10.1000.10/123"),
        ("arXiv:2101.12345v2", "arxiv", "2101.12345v2"),
        ("https://arxiv.org/abs/0704.0001", "arxiv", "0704.0001"),
        ("arXiv:hep-th/9901001", "arxiv", "hep-th/9901001"),
        ("ISBN 978-3-16-148410-0", "isbn", "9783161484100"),
        ("ISBN-10: 0-8044-2957-X", "isbn", "080442957X"),
        ("ISBN 0 306 40615 2 2021", "isbn", "0306406152"),
        ("ISSN 2434-561X", "issn", "2434-561X"),
        ("PMID: 12345678", "pmid", "12345678"),
        ("PMC1234567", "pmcid", "1234567"),
        ("https://orcid.org/0000-0002-1825-0097", "orcid", "0000-0002-1825-0097"),
        ("ORCID 0000-0002-1694-233X", "orcid", "0000-0002-1694-233X"),
    ],
)
def test_well_formed(text: str, kind: str, value: str):
    (found,) = identifiers(text)
    assert (found.kind, found.value, found.problem) == (kind, value, "")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("doi:10.xxxx/abc.5", "placeholder"),
        ("doi:10.1234/xxxxx", "placeholder"),
        ("doi:11.1016/j.cell.2020", "begins with “10.”"),
        ("doi:10.12/abc", "begins with “10.”"),
        ("arXiv:2113.12345", "13 is none"),
        ("arXiv:2100.12345", "00 is none"),
        ("see arXiv:2101.1234 here", "5 digits"),
        ("see arXiv:1301.12345 here", "4 digits"),
        ("arXiv:0601.1234 here", "began in April 2007"),
        ("arXiv:XXXX.XXXXX", "placeholder"),
        ("arXiv:hep-th/9913001 here", "13 is none"),
        ("arXiv:math/2001001 here", "ended in March 2007"),
        ("ISBN 978-3-16-148410-1", "check digit"),
        ("ISBN: 0306406153", "check digit"),
        ("ISBN 977-3-16-148410-0", "978 or 979"),
        ("ISBN 978-X-XXXX-XXXX-X", "placeholder"),
        ("ISBN 978-3-16-14841-0 (pbk.)", "this has 12"),
        ("ISSN 0378-5954", "check digit"),
        ("eISSN: XXXX-XXXX", "placeholder"),
        ("PMID: 123456789", "at most eight"),
        ("PMCID: PMCXXXXXXX", "placeholder"),
        ("ORCID: 0000-0002-1825-0098", "check digit"),
        ("https://orcid.org/0000-0000-0000-0000", "placeholder"),
    ],
)
def test_malformed(text: str, problem: str):
    (finding,) = malformed_identifier(from_text(text))
    assert problem in finding.message
    assert finding.severity is Severity.WARNING
    assert text[finding.location.start : finding.location.end] == finding.excerpt


@pytest.mark.parametrize(
    "text",
    [
        "doi:10.1016/\nj.cell.2020.01.001",  # cut off by the line end
        "the prefix doi:10.1016 belongs to a publisher",
        "arXiv:2101.123\n45",
        "ISBN 978-3-16-1484\n10-0",
        "version 10.12/abc, and 978-3-16-148410-1 without a label",
        "An ISBN such as ISBN 978-3-16-148410-1 is invalid: its check digit is 0.",
        "arXiv: a server for preprints",
        "PMC is a library; ORCID is a registry; an ISSN has eight digits",
        "the isbn13 field and the doi_10.12/x field",
        "PMID 2020",
    ],
)
def test_nothing_is_said(text: str):
    assert list(malformed_identifier(from_text(text))) == []


def test_code_is_left_alone():
    assert (
        list(malformed_identifier(from_text("`doi:10.xxxx/abc`\n\n    doi:10.xxxx/abc\n", format="markdown")))
        == []
    )


def test_time_is_linear():
    start = time.perf_counter()
    list(identifiers("ISBN 1 " * 8_000))
    list(identifiers("doi:10." * 20_000))
    list(identifiers("ORCID 00-00-00-00-" * 8_000))
    assert time.perf_counter() - start < patience(2)
