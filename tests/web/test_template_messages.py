"""Templates cut into messages: nothing is lost, holes may change places, code is left alone."""

from pathlib import Path

import jinja2
import pytest

import web
from web.template_messages import Message, messages, swapped

TEMPLATES = sorted((Path(web.__file__).parent / "templates").rglob("*.html"))


def _marked(message: Message) -> str:
    return "X " + " ".join(f"{{{hole + 1}}}" for hole in range(len(message.said)))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_without_translation_stays_as_it_is_and_with_one_still_parses(
    path: Path,
) -> None:
    source = path.read_text(encoding="utf-8")
    assert swapped(source, lambda _: None) == source
    jinja2.Environment(autoescape=True).parse(swapped(source, _marked))


def test_holes_may_change_places() -> None:
    english = {"Đã gửi {1} tới {2}": "{2} got {1}"}
    source = "<p>\n  Đã gửi {{ n }} tới {{ place }}\n</p>"
    assert (
        swapped(source, lambda said: english.get(said.id)) == "<p>\n  {{ place }} got {{ n }}\n</p>"
    )


def test_attributes_that_people_read_are_messages_and_others_are_not() -> None:
    source = '<input name="ten" placeholder="Tên {{ kind }}" {% if a > b %}disabled{% endif %}>'
    assert [(said.id, said.said) for said in messages(source)] == [("Tên {1}", ("{{ kind }}",))]


def test_attributes_that_stand_between_statements_are_code() -> None:
    assert not list(messages('{% if wrong %}aria-invalid="true"{% endif %}'))
