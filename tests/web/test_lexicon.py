"""The page of readings: look, teach, correct, take back."""

import pytest
from werkzeug.test import TestResponse

from controller import lexicon
from controller.store import Store
from tests.controller.village import NOW, Village
from tests.web.browser import Browser, forms

LIST, NEW = "/cach-doc/", "/cach-doc/them"


def add(who: Browser, **fields: str) -> TestResponse:
    return who.fill(NEW, "", {"token": "XQZ", "reading": "ích quy dét", **fields})


def address(who: Browser, token: str) -> str:
    """Of the page of the entry, as the list links to it."""
    line = next(line for line in who.get(LIST).text.split("<li>") if f"<strong>{token} →" in line)
    return line.partition('href="')[2].partition('"')[0]


def taught(store: Store, area_id: str) -> dict[str, str]:
    with store.reading() as session:
        found = lexicon.entries_for(session, area_id, now=NOW)
    return {entry.token: entry.reading for entry in found}


def test_a_reading_is_added_for_the_commune_and_listed_with_its_author(
    officer: Browser, store: Store, village: Village
) -> None:
    assert "Chưa chỉ cách đọc nào" in officer.get(LIST).text
    assert add(officer).location == LIST
    shown = officer.get(LIST).text
    for said in ("XQZ → ích quy dét", "Xã Suối Mây", "Lan"):
        assert said in shown
    assert taught(store, village.suoi_may) == {"XQZ": "ích quy dét"}


def test_staff_choose_among_all_their_places(
    browser: Browser, officer: Browser, store: Store, village: Village
) -> None:
    staff = browser.signed_in(village.staff)
    add(staff, area=village.zone)
    assert taught(store, village.na_may) == {"XQZ": "ích quy dét"}
    page = address(officer, "XQZ")
    main = officer.get(page).text.partition("<main")[2]
    assert list(forms(main)) == [], "what comes from above is only looked at"
    assert officer.post(page, {"token": "XQZ", "reading": "chữ"}).status_code == 404
    assert officer.post(f"{page}/thoi", {}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"token": ""}, "token"),
        ({"token": "2026"}, "token"),
        ({"reading": ""}, "reading"),
        ({"reading": "x%"}, "reading"),
        ({"next": "a" * 41}, "next"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(
    officer: Browser, changes: dict[str, str], field: str
) -> None:
    answer = add(officer, previous="thôn", **changes)
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text
    assert f'id="{field}-wrong"' in answer.text
    (form,) = (form for form in forms(answer.text) if "token" in form.fields)
    typed = {"token": "XQZ", "reading": "ích quy dét", "previous": "thôn", **changes}
    assert {name: form.fields[name] for name in typed} == typed


def test_an_entry_is_corrected_and_its_past_is_shown(
    officer: Browser, approver: Browser, store: Store, village: Village
) -> None:
    add(officer)
    page = address(officer, "XQZ")
    assert approver.fill(page, "", {"reading": "chữ mới", "next": "thôn, bản"}).status_code == 303
    assert taught(store, village.suoi_may) == {"XQZ": "chữ mới"}
    old = officer.get(page).text
    assert "không còn dùng" in old
    new = officer.get(address(officer, "XQZ")).text
    for said in ("chữ mới", "ích quy dét", "trước “thôn”, “bản”", "Lan", "Hoà", "Minh, Tuấn"):
        assert said in new


def test_an_entry_that_ended_meanwhile_is_not_changed(
    officer: Browser, approver: Browser, store: Store, village: Village
) -> None:
    add(officer)
    page = address(officer, "XQZ")
    officer.fill(page, "", {"reading": "chữ mới"})
    fields = {"token": "XQZ", "reading": "chữ cũ"}
    answer = approver.post(page, fields)
    assert answer.status_code == 409
    assert "vừa được người khác" in answer.text
    assert 'value="chữ cũ"' in answer.text
    approver.post(f"{page}/thoi", {})
    assert "vừa được người khác" in approver.get(LIST).text
    assert taught(store, village.suoi_may) == {"XQZ": "chữ mới"}


def test_an_entry_is_taken_back(officer: Browser, store: Store, village: Village) -> None:
    add(officer)
    page = address(officer, "XQZ")
    officer.fill(page, f"{page}/thoi", {})
    assert taught(store, village.suoi_may) == {}
    assert "Chưa chỉ cách đọc nào" in officer.get(LIST).text


def test_a_list_that_is_too_long_for_a_page_says_how_many_are_missing(
    officer: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.lexicon.MOST_LINES", 1)
    for token in ("ABZ", "XQZ", "KRQ"):
        add(officer, token=token)
    shown = officer.get(LIST).text
    assert shown.count("→ ích quy dét") == 1
    assert "Còn 2 cách đọc nữa" in shown


def test_search_finds_without_marks_and_shows_the_standard_readings_too(officer: Browser) -> None:
    add(officer, token="Đắk Mế", reading="đắc mế")
    found = officer.get(f"{LIST}?tim=dak").text
    assert "Đắk Mế → đắc mế" in found
    found = officer.get(f"{LIST}?tim=UBND").text
    assert "Chưa ai chỉ cách đọc" in found
    assert "UBND → " in found
    assert "không sửa được" in found
    nothing = officer.get(f"{LIST}?tim=%00%25zzz").text
    assert "Máy không có sẵn cách đọc nào" in nothing


def test_another_commune_knows_nothing_of_it(officer: Browser, stranger: Browser) -> None:
    add(officer)
    page = address(officer, "XQZ")
    assert "XQZ" not in stranger.get(LIST).text
    assert stranger.get(page).status_code == 404
    for url in (page, f"{page}/thoi"):
        assert stranger.post(url, {"token": "XQZ", "reading": "chữ"}).status_code == 404
