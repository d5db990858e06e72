"""The development set: every item is judged by what a listener hears, none is a special case."""

from collections import Counter

import pytest

from benchmarks.speech.evaluate import Judgement, score
from benchmarks.speech.items import CATEGORIES, load
from benchmarks.speech.own_score import ours

LEAST = 600  # items, issue 3
PASSED_PERCENT = 99.0  # of a set that the rules were made with; the bar of unseen ones is 97


@pytest.fixture(scope="module")
def judgements() -> list[Judgement]:
    return [ours(item) for item in load()]


def test_the_set_is_large_and_holds_every_category() -> None:
    counts = Counter(item.category for item in load())
    assert set(counts) == set(CATEGORIES)
    assert sum(counts.values()) >= LEAST


def test_no_item_changes_its_meaning(judgements: list[Judgement]) -> None:
    changed = [f"{j.item.place}: {j.item.text}: {j.said}" for j in judgements if j.meaning_changed]
    assert changed == []


def test_nearly_every_item_is_read_as_an_announcer_would(judgements: list[Judgement]) -> None:
    failed = [f"{j.item.place}: {j.item.text}: {j.said}" for j in judgements if not j.passed]
    assert score(judgements).percent >= PASSED_PERCENT, failed
