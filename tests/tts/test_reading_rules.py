"""The pages of the house style show what the program says."""

import pytest

from tests.tts.reading_rules import COMMAND, EXAMPLES, PAGES, misreading, named, tables, written
from tts.meaning import check
from tts.normalise import read
from tts.normalise.entries import check_entry


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_shows_what_the_program_says(page):
    text = page.read_text(encoding="utf-8")
    assert text == written(text), f"another reading than on the page; if it is right: {COMMAND}"


def test_every_table_is_on_one_page():
    shown = [name for page in PAGES for name in named(page.read_text(encoding="utf-8"))]
    assert sorted(shown) == sorted(tables())


EXAMPLES_READ = [text for examples in EXAMPLES["read"].values() for text in examples]
EXAMPLES_REPORTED = [text for examples in EXAMPLES["reported"].values() for text in examples]


@pytest.mark.parametrize("text", EXAMPLES_READ)
def test_an_example_is_read_for_sure_and_keeps_its_meaning(text):
    reading = read(text)
    assert (reading.unknown, check(reading)) == ((), ())


@pytest.mark.parametrize("text", EXAMPLES_REPORTED)
def test_an_example_of_what_is_doubtful_is_reported(text):
    assert read(text).unknown


@pytest.mark.parametrize("example", EXAMPLES["stopped"], ids=lambda example: example["written"])
def test_an_example_of_a_wrong_reading_is_stopped_and_ours_is_not(example):
    assert check(misreading(example["written"], example["misread"]))
    assert check(read(example["written"])) == ()


@pytest.mark.parametrize("example", EXAMPLES["refused"], ids=lambda example: example["token"])
def test_an_example_of_what_may_not_be_taught_is_refused(example):
    assert check_entry(example["token"], example["reading"])
