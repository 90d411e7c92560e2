from __future__ import annotations

import math

import numpy as np
import pytest

from auditor.sources.ranking import K1, WORDS, B, Table, Words
from tests.sources.fake import WordEmbedder

TEXTS = [
    "red fox",
    "red red hen and a long tail",
    "blue whale",
    "fox",
    "green fox of the north and the south",
]


def filled(texts: list[str], owner: int = 0, table: Table | None = None) -> Table:
    table = Table() if table is None else table
    table.change((), {owner: (WordEmbedder().encode(texts), Words.of(texts))})
    return table


def scores(table: Table, query: str) -> dict[tuple[int, int], float]:
    found = table.search([query], WordEmbedder().encode([query]), 100)[0]
    return {(one.owner, one.number): one.bm25 for one in found}


def test_bm25_is_that_of_the_formula() -> None:
    lengths = [2, 5, 2, 1, 4]
    usual = sum(lengths) / 5
    found = filled(TEXTS).bm25("red fox")
    for row, (red, fox) in enumerate([(1, 1), (2, 0), (0, 0), (0, 1), (0, 1)]):
        expected = 0.0
        for times, held in ((red, 2), (fox, 3)):
            idf = math.log(1 + (5 - held + 0.5) / (held + 0.5))
            expected += idf * times * (K1 + 1) / (times + K1 * (1 - B + B * lengths[row] / usual))
        assert found[row] == pytest.approx(expected, rel=1e-5)


def test_dropped_rows_count_for_nothing() -> None:
    table = filled(TEXTS[:2], 1)
    filled(TEXTS[2:], 2, table)
    table.change([1], {})
    assert len(table) == 3
    alone = scores(filled(TEXTS[2:], 2), "red fox whale")
    assert scores(table, "red fox whale") == pytest.approx(alone)


def test_many_changes_leave_what_one_filling_makes() -> None:
    table = Table()
    for owner in range(40):
        filled([f"{text} {owner}" for text in TEXTS * 12], owner, table)
        if owner >= 20:
            table.change([owner - 20], {})
    once = Table()
    for owner in range(20, 40):
        filled([f"{text} {owner}" for text in TEXTS * 12], owner, once)
    assert len(table) == len(once) == 20 * 60
    assert len(table._live) < 2 * len(once)
    query = "green fox 33"
    assert scores(table, query) == pytest.approx(scores(once, query))


def test_cosines_are_exact() -> None:
    generator = np.random.default_rng(5)
    vectors = generator.standard_normal((3000, 24)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    table = Table()
    table.change((), {0: (vectors, Words.of([""] * 3000))})
    query = vectors[17:18]
    found = table.search([""], query, 10)[0]
    expected = np.argsort(-(vectors @ query[0]))[:10]
    assert [one.number for one in found] == expected.tolist()
    assert found[0].cosine == pytest.approx(1.0, abs=1e-6)


def test_the_score_is_made_of_both() -> None:
    table = filled([f"word{i}" for i in range(50)] + ["word7 word8 and much else besides"])
    [first, second, *_] = table.search(["word7"], WordEmbedder().encode(["word7"]), 50)[0]
    assert (first.number, second.number) == (7, 50)
    assert first.score == pytest.approx((1 - WORDS) * first.cosine + WORDS, rel=1e-5)
    assert second.score == pytest.approx(
        (1 - WORDS) * second.cosine + WORDS * second.bm25 / first.bm25, rel=1e-5
    )


def test_words_that_nothing_shares_leave_the_order_to_the_cosine() -> None:
    texts = ["red fox", "blue whale", "green hen"]
    found = filled(texts).search(["stone"], WordEmbedder().encode(["stone"]), 3)[0]
    assert [one.bm25 for one in found] == [0, 0, 0]
    assert [one.cosine for one in found] == sorted((one.cosine for one in found), reverse=True)


def test_equal_rows_come_in_their_order() -> None:
    table = filled(["same words here"] * 500)
    found = table.search(["same words"], WordEmbedder().encode(["same words"]), 5)[0]
    assert [one.number for one in found] == [0, 1, 2, 3, 4]
