"""Inside quotation marks or not, in every script."""

from __future__ import annotations

import time

import pytest

from auditor.detectors.boilerplate.quoting import MAX_QUOTE, in_code, quoted
from tests.patience import patience

LEAK = "as an AI model"


def inside(text: str) -> bool:
    start = text.index(LEAK)
    return quoted(text, start, start + len(LEAK), 0, len(text))


PAIRS = ['""', "“”", "„“", "„”", "«»", "»«", "「」", "『』", "‘’", "‚‘", "‹›", "《》", "〈〉", "''"]


@pytest.mark.parametrize("pair", PAIRS)
def test_every_pair_quotes(pair: str):
    assert inside(f"It said {pair[0]}{LEAK}{pair[1]} again.")
    assert inside(f"It said {pair[0]}Well, {LEAK} I think{pair[1]} again.")
    assert inside(f"Er sagte: {pair[0]}nein{pair[1]}, dann {pair[0]}{LEAK}, ja{pair[1]}.")


@pytest.mark.parametrize("pair", PAIRS)
def test_before_and_after_a_quotation_is_outside(pair: str):
    assert not inside(f"It said {pair[0]}nothing{pair[1]} and {LEAK} went on.")
    assert not inside(f"And {LEAK} said {pair[0]}nothing{pair[1]} more.")


@pytest.mark.parametrize("pair", [p for p in PAIRS if p != '""'])
def test_between_two_quotations_is_outside(pair: str):
    assert not inside(f"It said {pair[0]}one{pair[1]} and {LEAK} said {pair[0]}two{pair[1]} more.")


@pytest.mark.parametrize("mark", ['"', "“", "„", "«", "「", "『", "‘", "'"])
def test_a_mark_that_never_closes_does_not_quote(mark: str):
    assert not inside(f"It said {mark}{LEAK} and went on.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"Il dit « un », {LEAK} et « deux » enfin.", False),
        (f"Il dit « {LEAK} » et « deux » enfin.", True),
        (f"Er sagt »eins!«, {LEAK} und »zwei«.", False),
        (f"Er sagt: »{LEAK}«, und »zwei«.", True),
        (f"Он сказал:«{LEAK}», и всё.", True),
    ],
)
def test_angle_marks_of_either_direction(text: str, found: bool):
    assert inside(text) is found


def test_between_straight_quotations_is_outside():
    assert not inside(f'It said "one" and {LEAK} said "two" more.')


@pytest.mark.parametrize(
    "text",
    [f"It’s {LEAK} and that’s it.", f"It's {LEAK} that's not the dog's.", f"the dogs' bed {LEAK} isn't"],
)
def test_apostrophes_do_not_quote(text: str):
    assert not inside(text)


def test_an_apostrophe_inside_does_not_end_a_quotation():
    assert inside(f"It said ‘I don’t know, {LEAK} I can’t’ again.")


def test_a_quotation_longer_than_any_is_none():
    assert not inside(f"“{LEAK} {'and so on ' * (MAX_QUOTE // 10 + 1)}”")


def test_quotations_do_not_cross_the_block():
    text = f"He said “well\n\n{LEAK}\n\nand so” on."
    start = text.index(LEAK)
    assert not quoted(text, start, start + len(LEAK), start, start + len(LEAK))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"the string `{LEAK}` is", True),
        (f"the string ``{LEAK} ` x`` is", True),
        (f"`one` {LEAK} `two`", False),
        (f"`one {LEAK}", False),
        (f"{LEAK} `two`", False),
        (f"```\n{LEAK}\n```", False),  # a block of code, which the document knows
    ],
)
def test_inline_code(text: str, found: bool):
    start = text.index(LEAK)
    assert in_code(text, start, start + len(LEAK), 0, len(text)) is found


@pytest.mark.parametrize("mark", ["`", "`a ``b ", '"', "'a ", "“", "„“", "‘", "«»", "```"])
def test_takes_no_time(mark: str):
    text = LEAK + (mark * 8000)[:8000]
    start = time.process_time()
    quoted(text, 0, len(LEAK), 0, len(text))
    in_code(text, 0, len(LEAK), 0, len(text))
    assert time.process_time() - start < patience(0.5)
