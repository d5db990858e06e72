"""While somebody writes they see by how much a session is too full."""

import pytest
from sqlalchemy import delete

from controller.model import AreaWindow
from controller.store import Store
from tests.controller.village import TODAY
from tests.web.browser import Browser, forms
from tests.web.test_bulletins import NEW, write

LONG = "Mời bà con đi họp tại nhà văn hóa. " * 20  # about a minute
LATE = {"day": TODAY.isoformat(), "time": "17:59:30", "text": LONG}


@pytest.fixture(autouse=True)
def default_hours(store: Store) -> None:
    with store.writing() as session:
        session.execute(delete(AreaWindow))


def typed(officer: Browser, page: str, **changes: str) -> dict[str, object]:
    found = next(form for form in forms(officer.get(page).text) if "text" in form.fields)
    return {**found.fields, **LATE, **changes}


def test_too_much_is_told_by_how_much(officer: Browser) -> None:
    told = officer.post("/ban-tin/soan/khung-gio", typed(officer, NEW)).text
    assert "Khung 17:00–18:00 ngày 23/11/2026 quá tải 30 giây" in told
    assert "bản tin này khoảng 1 phút" in told
    fits = officer.post("/ban-tin/soan/khung-gio", typed(officer, NEW, time="17:00")).text
    assert "quá tải" not in fits
    assert "còn 59 phút" in fits


def test_what_cannot_be_read_yet_says_nothing(officer: Browser) -> None:
    told = officer.post("/ban-tin/soan/khung-gio", typed(officer, NEW, time="mai"))
    assert (told.status_code, told.text.strip()) == (200, "")


def test_without_javascript_it_stands_with_who_hears_what(officer: Browser) -> None:
    assert "quá tải" in officer.post("/ban-tin/soan/ai-nghe-gi", typed(officer, NEW)).text


def test_it_stands_on_the_page_of_what_is_saved(officer: Browser, stranger: Browser) -> None:
    page = write(officer, **LATE)
    assert "quá tải" in officer.get(page).text
    assert officer.post(f"{page}/khung-gio", typed(officer, page)).status_code == 200
    assert stranger.post(f"{page}/khung-gio", {}).status_code == 404
