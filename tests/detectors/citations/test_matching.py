"""Which source a reference means."""

from __future__ import annotations

import pytest

from auditor.detectors.citations.references import Reference, match_source
from auditor.sources.interface import SourceInfo

KIM = Reference(
    "1",
    ("Kim", "Lee"),
    "2021",
    "How kites fly in the wind",
    {"doi": "10.5555/kites.7"},
    text="Kim, J., & Lee, S. (2021). How kites fly in the wind. Kites, 3. doi:10.5555/kites.7",
)


def source(name: str, **metadata: str) -> SourceInfo:
    return SourceInfo(id=name, metadata=metadata)


OTHER = source("other.pdf", title="On the tails of dragons", authors="Park, J.", date="2021")


@pytest.mark.parametrize(
    "held",
    [
        source("a.pdf", doi="https://doi.org/10.5555/KITES.7"),
        source("a.pdf", title="How Kites Fly in the Wind"),
        source("a.pdf", title="How kites fly in the wind: a study of strings"),
        source("a.pdf", title="How kites fly in winds", authors="Kim, Jiwoo"),
        source(
            "a.pdf", title="How kites fly in the wind", date="1999", authors="Somebody, Else"
        ),  # wrong details, same work
        source("papers/kim2021.pdf"),
        source("Kim_Lee-2021-kites.pdf"),
        source("how-kites-fly-in-the-wind.txt"),
    ],
)
def test_the_source_that_is_meant(held: SourceInfo):
    assert match_source(KIM, [OTHER, held]) is held


@pytest.mark.parametrize(
    "held",
    [
        source("a.pdf", title="How birds sing in the rain", authors="Kim", date="2021"),
        source("kim2019.pdf"),
        source("lee2021.pdf"),
        source("notes.txt"),
    ],
)
def test_another_work(held: SourceInfo):
    assert match_source(KIM, [OTHER, held]) is None


def test_two_that_fit_equally_well_are_none():
    assert match_source(KIM, [source("a/kim2021.pdf"), source("b/kim2021.pdf")]) is None


def test_letters_of_years_and_keys():
    lettered = Reference("", ("Kim",), "2021b", "Tails")
    assert match_source(lettered, [source("kim2021b.pdf"), source("lee2021.pdf")]) is not None
    keyed = Reference("kim:kites", (), "", "", kind="key")
    assert match_source(keyed, [source("kim-kites.pdf"), OTHER]) is not None


def test_korean():
    reference = Reference("", ("김철수",), "2021", "연의 역사와 바람의 과학")
    held = source("a.hwp", title="연의 역사와 바람의 과학", authors="김철수; 이영희")
    assert match_source(reference, [OTHER, held]) is held
    assert match_source(reference, [OTHER, source("김철수_2021.pdf")]) is not None
