"""An area's permitted hours: seen, tightened, given up, and never opened at night."""

import pytest

from controller import areas
from controller.areas import local_day
from controller.store import Store
from tests.controller.village import NOW, Village
from tests.web.browser import Browser


@pytest.fixture
def administrator(browser: Browser, village: Village) -> Browser:
    return browser.signed_in(village.administrator)


def holding(store: Store, area: str) -> list[tuple[str, str]]:
    with store.reading() as session:
        found = areas.permitted_windows(session, [area], local_day(NOW))[area]
    return [(each.start, each.end) for each in found]


def test_hours_are_tightened_and_given_up_again(
    administrator: Browser, village: Village, store: Store
) -> None:
    page = f"/don-vi/{village.suoi_may}/gio"
    before = holding(store, village.suoi_may)
    morning = {"start": ["05:40", "", ""], "end": ["06:00", "", ""]}
    assert administrator.fill(page, page, morning).status_code == 303
    assert holding(store, village.suoi_may) == [("05:40", "06:00")]
    assert "Theo cấp trên" in administrator.get(page).text
    assert administrator.post(page, {"undecided": "1"}).status_code == 303
    assert holding(store, village.suoi_may) == before


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("06:00", "05:30", "phải sau giờ bắt đầu"),
        ("04:00", "05:30", "loa chỉ được mở từ 05:00 đến 21:30"),
        ("05:30", "", "Nhập đủ giờ"),
        ("", "", "ít nhất một khung giờ"),
    ],
)
def test_what_cannot_be_is_told_at_its_line_and_stays(
    administrator: Browser, village: Village, start: str, end: str, told: str
) -> None:
    page = f"/don-vi/{village.suoi_may}/gio"
    refused = administrator.fill(page, page, {"start": [start], "end": [end]})
    assert refused.status_code == 422
    assert told in refused.text
    assert f'value="{start}"' in refused.text


def test_nobody_else_decides(officer: Browser, village: Village) -> None:
    assert officer.get(f"/don-vi/{village.suoi_may}/gio").status_code == 404
