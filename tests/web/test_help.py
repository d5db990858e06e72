"""Help stands by every page of the menu, and says of buttons what stands on them."""

from html.parser import HTMLParser
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from controller.demo import sample
from controller.demo.seeding import area_id
from controller.model import Person
from controller.permissions import who
from tests.web.browser import Browser
from tests.web.caller import Caller
from tests.web.test_walls import addresses
from web import help_text
from web.help_text import Topic, read, topics
from web.menu import menu
from web.parts import parts

NAMING = {"button", "a", "summary", "label", "legend", "h1", "h2"}
ON_ANY_PAGE = 40  # of one kind: a bulletin in each state is among the first


class Labels(HTMLParser):
    """What stands on everything that can be pressed or filled in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._open: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag in NAMING:
            self._open.append((tag, []))

    def handle_data(self, data: str) -> None:
        for _, words in self._open:
            words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            self.found.add(" ".join("".join(self._open.pop()[1]).split()))


@pytest.fixture(scope="module")
def everybody(app: Flask) -> Caller:
    with app.app_context(), parts().store.reading() as session:
        return Caller(app, area_id(session, sample.SUOI_MAY), "nguoi.doc")


@pytest.fixture(scope="module")
def reader(everybody: Caller) -> Browser:
    """Somebody who has every page."""
    return everybody.browser


def shown(app: Flask, reader: Browser, topic: Topic) -> set[str]:
    """The labels of all pages that a topic helps with."""
    found: set[str] = set()
    with app.app_context(), parts().store.reading() as session:
        place = area_id(session, sample.SUOI_MAY)
        rules = [r for r in app.url_map.iter_rules() if r.endpoint in topic.endpoints]
        pages = [
            address
            for rule in rules
            if "GET" in (rule.methods or ())
            for address in addresses(session, rule, place)[:ON_ANY_PAGE]
        ]
    for page in pages:
        labels = Labels()
        labels.feed(reader.get(page, follow_redirects=True).text)
        found |= labels.found
    return found


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.slug)
def test_every_label_that_is_quoted_stands_on_one_of_its_pages(
    app: Flask, reader: Browser, topic: Topic
) -> None:
    found = shown(app, reader, topic)
    absent = {label for label in topic.labels if not any(each.startswith(label) for each in found)}
    assert absent == set()


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.slug)
def test_every_topic_names_pages_that_exist_and_has_three_tasks(app: Flask, topic: Topic) -> None:
    assert set(topic.endpoints) <= set(app.view_functions)
    assert len(topic.tasks) == 3
    assert all(task.steps for task in topic.tasks)
    assert topic.trouble


def test_every_page_of_the_menu_has_help(app: Flask, reader: Browser) -> None:
    helped = {topic.endpoints[0] for topic in topics()}
    with app.test_request_context("/", headers={"Cookie": cookie(reader)}):
        app.preprocess_request()
        missing = [entry.endpoint for entry in menu() if entry.endpoint not in helped]
    assert missing == [], "write web/help/<name>.md for it, as its neighbours are written"


def cookie(reader: Browser) -> str:
    held = reader.client.get_cookie("tt_session")
    assert held is not None
    return f"{held.key}={held.value}"


def test_the_frame_leads_to_the_help_of_this_page(reader: Browser) -> None:
    assert 'href="/tro-giup/ban-tin"' in reader.get("/ban-tin/soan").text
    assert 'href="/tro-giup/tram-loa"' in reader.get("/tram-loa/").text
    assert "Nếu không được" in reader.get("/tro-giup/ban-tin").text
    assert reader.get("/tro-giup/khong-co").status_code == 404


def test_help_is_found_by_its_words_without_marks(reader: Browser) -> None:
    page = reader.get("/tro-giup/?q=quen+mat+khau").text
    assert 'href="/tro-giup/nguoi-dung"' in page
    assert "Không tìm thấy" in reader.get("/tro-giup/?q=xyzzy").text
    assert help_text.search("duyệt", help_text.topics())[0].slug == "duyet"


@pytest.mark.parametrize("login", ["lanhdao.suoimay", "quantri"])
def test_the_handbook_of_a_role_is_one_sheet_of_paper(
    app: Flask, reader: Browser, login: str
) -> None:
    with app.app_context(), parts().store.reading() as session:
        found = session.scalars(select(Person.id).where(Person.login == login)).one()
        person = reader.signed_in(who(session, found))
    assert "Việc của tôi" in person.get("/tro-giup/so-tay").text
    made = person.get("/tro-giup/so-tay.pdf")
    assert made.content_type == "application/pdf"
    assert len(PdfReader(BytesIO(made.data)).pages) == 1


def test_a_text_that_is_written_otherwise_is_refused() -> None:
    with pytest.raises(ValueError, match="not written as a help text"):
        read("x", "# Chỉ có tên\n")
