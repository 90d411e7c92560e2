from __future__ import annotations

import sys

import pytest

from auditor.documents import from_text
from auditor.sources import IndexProblem, MemoryIndex
from tests.sources.fake import CATS, MILL, SEOUL, WordEmbedder

FILLER = [f"Report number {i} says nothing of note about anything at all." for i in range(12)]


def test_short_sources_come_back_whole_without_a_model() -> None:
    model = WordEmbedder()
    index = MemoryIndex([MILL, SEOUL], model)
    [hits] = index.search(["anything"], k=2)
    assert [hit.window.text for hit in hits] == [MILL, SEOUL]
    assert [hit.cosine for hit in hits] == [None, None]
    assert not model.encoded


def test_the_window_that_answers_comes_first() -> None:
    index = MemoryIndex([*FILLER, MILL, CATS], WordEmbedder())
    mill, cats, nothing = index.search(["The steam engine of the mill", "a kitten and its mother", ""], k=3)
    assert (mill[0].window.source, cats[0].window.source) == ("source 13", "source 14")
    assert mill[0].bm25 > 0 and mill[0].cosine is not None and mill[0].score > mill[1].score
    assert len(nothing) == 3


def test_korean_is_found_by_words_with_other_particles() -> None:
    index = MemoryIndex([*FILLER, CATS, SEOUL], WordEmbedder())
    [hits] = index.search(["서울 인구가 940만"], k=2)
    assert hits[0].window.text == SEOUL


def test_sources_are_called_as_the_caller_says() -> None:
    document = from_text("# Title\n\nIt rained.", "notes.md", "markdown")
    index = MemoryIndex([("a", "One."), ("a", "Two."), document, "Three."])
    assert [info.id for info in index.sources()] == ["a", "a (2)", "notes.md", "source 4"]
    assert index.text("a (2)") == "Two."
    place = index.text("notes.md").index("rained")
    assert index.location("notes.md", place, place + 6).line == 3
    with pytest.raises(KeyError):
        index.text("b")


def test_an_empty_source_is_told_by_its_windows() -> None:
    index = MemoryIndex(["", "It rained."])
    assert [info.windows for info in index.sources()] == [0, 1]


@pytest.mark.parametrize(
    ("sources", "told"), [([], "no sources were given"), (["", " \n"], "hold no text: source 1")]
)
def test_nothing_to_search_is_said(sources: list[str], told: str) -> None:
    with pytest.raises(IndexProblem, match=told):
        MemoryIndex(sources)


def test_embeddings_are_made_once() -> None:
    model = WordEmbedder()
    index = MemoryIndex(FILLER, model)
    for _ in range(2):
        index.search(["report"], k=2)
    assert len(model.encoded) == len(FILLER) + 2


def test_importing_the_package_imports_nothing_heavy() -> None:
    import subprocess

    code = "import sys, auditor.sources as s; s.MemoryIndex(['It rained.']).search(['x']); print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
