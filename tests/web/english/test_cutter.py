"""Templates cut into messages: nothing is lost, holes may change places, code is left alone."""

from pathlib import Path

import jinja2
import pytest

import web
from web.english import cutter
from web.english.cutter import messages, swapped

TEMPLATES = sorted((Path(web.__file__).parent / "templates").rglob("*.html"))


def nothing(_: str) -> None:
    return None


def rendered(source: str, english: dict[str, str], **given: object) -> str:
    """As it reads when every expression is looked up by an identity."""
    room = jinja2.Environment(autoescape=True)
    room.filters.update(
        in_english=lambda value: english.get(value, value),
        one_or_more=lambda value, one, more: one if str(value) == "1" else more,
        as_written=lambda value: value,
    )
    return room.from_string(swapped(source, english.get)).render(**given)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_every_template_still_parses_with_and_without_english(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    room = jinja2.Environment(autoescape=True)
    for look in (nothing, lambda said: "X " + said):
        room.parse(swapped(source, look))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_without_english_only_expressions_change(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    texts = [said for said, _ in messages(swapped(source, nothing))]
    assert texts == [said for said, _ in messages(source)]


def test_holes_may_change_places() -> None:
    english = {"Đã gửi {1} tới {2}": "{2} got {1}"}
    source = "<p>\n  Đã gửi {{ n }} tới {{ place }}\n</p>"
    assert rendered(source, english, n=3, place="Xã A") == "<p>\n  Xã A got 3\n</p>"


@pytest.mark.parametrize(("n", "said"), [(1, "1 day"), (2, "2 days"), ("1", "1 day")])
def test_one_is_said_otherwise_than_many(n: object, said: str) -> None:
    assert rendered("{{ n }} ngày", {"{1} ngày": "{1} {1:day|days}"}, n=n) == said


def test_what_people_wrote_is_never_looked_up() -> None:
    english = {"Bản tin": "Bulletins"}
    for expression in ("row.title", "place.name", "bulletin.text", "heads|join(', ')|as_written"):
        assert rendered(
            f"<b>{{{{ {expression} }}}}</b>",
            english,
            row={"title": "Bản tin"},
            place={"name": "Bản tin"},
            bulletin={"text": "Bản tin"},
            heads=["Bản tin"],
        ) == ("<b>Bản tin</b>")
    assert rendered("<b>{{ label }}</b>", english, label="Bản tin") == "<b>Bulletins</b>"


def test_what_goes_back_to_the_server_is_left_alone() -> None:
    english = {"Bản tin": "Bulletins"}
    source = '<textarea>{{ typed }}</textarea><input value="{{ typed }}" title="{{ typed }}">'
    assert rendered(source, english, typed="Bản tin") == (
        '<textarea>Bản tin</textarea><input value="Bản tin" title="Bulletins">'
    )


def test_attributes_that_people_read_are_messages_and_others_are_not() -> None:
    source = '<input name="ten" placeholder="Tên {{ kind }}" {% if a > b %}disabled{% endif %}>'
    assert list(messages(source)) == [("Tên {1}", 1)]


def test_attributes_between_statements_and_styles_are_code() -> None:
    assert not list(
        messages('{% if wrong %}aria-invalid="true"{% endif %}<style>p { a: b }</style>')
    )


def test_a_picture_is_no_part_of_what_a_button_says() -> None:
    source = "<button>{{ icon('send') }}Gửi</button>"
    assert list(messages(source)) == [("Gửi", 1)]
    assert cutter.swapped(source, {"Gửi": "Send"}.get) == "<button>{{ icon('send') }}Send</button>"
