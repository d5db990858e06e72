"""Help in English: no Vietnamese left, found by English words, and on one sheet as well."""

from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from tests.web.english.test_pages import signed_in
from web import help_text
from web.english.gathering import VIETNAMESE
from web.english.help import in_english
from web.sample_app import LOGINS

TOPICS = help_text.topics()


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_a_topic_has_as_many_steps_and_no_vietnamese(topic: help_text.Topic) -> None:
    told = in_english(topic)
    assert not VIETNAMESE.search(told.words)
    assert [len(task.steps) for task in told.tasks] == [len(task.steps) for task in topic.tasks]
    assert len(told.labels) == len(topic.labels)


def test_it_is_found_by_english_words() -> None:
    found = help_text.search("forgotten password", map(in_english, TOPICS))
    assert [topic.slug for topic in found] == ["nguoi-dung"]


def test_the_handbook_is_one_sheet_in_english_too(app: Flask) -> None:
    login = next(each for each in app.config[LOGINS] if each.login == "quantri")
    made = signed_in(app, login.login, login.password).get("/tro-giup/so-tay.pdf")
    (page,) = PdfReader(BytesIO(made.data)).pages
    assert "Truyền Thanh handbook" in page.extract_text()
