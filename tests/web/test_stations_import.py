"""Stations from a workbook: every wrong cell at once, all registered or none."""

from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from controller.model import Station
from controller.store import Store
from tests.controller.sheets.books import stations
from tests.controller.village import Village
from tests.web.browser import Browser

HERE = "/tram-loa/nhap/"


@pytest.fixture
def technician(browser: Browser, village: Village) -> Browser:
    return browser.signed_in(village.technician)


def _give(browser: Browser, content: bytes) -> TestResponse:
    return browser.post(HERE, {"file": (BytesIO(content), "loa.xlsx")})


def _names(store: Store) -> list[str]:
    with store.reading() as session:
        return sorted(session.scalars(select(Station.name)))


def test_a_right_list_is_shown_then_registered(technician: Browser, store: Store) -> None:
    content = stations([("Loa chợ", "Xã Suối Mây", "cho"), ("Loa đình", "xa na may", "")])
    page = _give(technician, content)
    assert page.status_code == 200
    assert "Thêm 2 cụm loa?" in page.text
    assert _names(store) == [], "nothing before the second step"
    kept = page.text.partition('name="kept" value="')[2].partition('"')[0]
    done = technician.post(f"{HERE}ghi", {"kept": kept})
    assert done.status_code == 303
    assert _names(store) == ["Loa chợ", "Loa đình"]
    again = technician.post(f"{HERE}ghi", {"kept": kept})
    assert again.status_code == 422, "the same list a second time is refused, not doubled"
    assert "C2" in again.text
    assert _names(store) == ["Loa chợ", "Loa đình"]


def test_every_wrong_cell_is_named_and_nothing_is_registered(
    technician: Browser, store: Store
) -> None:
    page = _give(
        technician,
        stations(
            [
                ("Loa 1", "Xã Không Có", ""),
                ("", "Xã Suối Mây", ""),
                ("Loa 3", "Xã Suối Mây", "Mã Sai!"),
                ("Loa 4", "Xã Suối Mây", "trung"),
                ("Loa 5", "Xã Suối Mây", "trung"),
                ("Loa 4", "Xã Suối Mây", ""),
            ]
        ),
    )
    assert page.status_code == 422
    for cell in ("B2", "A3", "C4", "C6", "A7"):
        assert f">{cell}<" in page.text, cell
    assert "Có 5 chỗ cần sửa" in page.text
    assert _names(store) == []


def test_places_out_of_reach_are_unknown(browser: Browser, store: Store, village: Village) -> None:
    officer = browser.signed_in(village.officer)
    assert officer.get(HERE).status_code == 404
    assert _give(officer, stations([])).status_code == 404
    assert officer.post(f"{HERE}ghi", {"kept": "0" * 64}).status_code == 404


def test_files_that_are_no_lists_are_refused_in_words(technician: Browser) -> None:
    assert "Không mở được" in _give(technician, b"x" * 100).text
    assert "Hãy chọn tệp" in technician.post(HERE, {}).text
    assert "Chưa có dòng nào" in _give(technician, stations([])).text
    assert "không còn trên máy chủ" in technician.post(f"{HERE}ghi", {"kept": "../x"}).text


def test_the_example_is_a_right_list(technician: Browser) -> None:
    body = technician.get(f"{HERE}mau")
    page = _give(technician, body.data)
    assert "Thôn Đoàn Kết" in page.text, "no such hamlet here: told, and nothing else is wrong"
    assert "Có 1 chỗ cần sửa" in page.text
