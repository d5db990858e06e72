"""Kho mẫu: prepared words are taken, filled in, changed for a place and given up again."""

import re

from controller.store import Store
from tests.controller.village import Village
from tests.web.browser import Browser, forms
from tests.web.test_bulletins import id_of
from tests.web.writing import look

USE = "/ban-tin/soan?mau=hop-thon"


def test_words_are_taken_and_every_blank_must_be_filled(officer: Browser, store: Store) -> None:
    assert USE in officer.get("/kho-mau/").text
    (form,) = (form for form in forms(officer.get(USE).text) if "text" in form.fields)
    assert form.fields["field"] == "4"
    action = "/ban-tin/soan"
    held = officer.fill(USE, action, {"then": "listen"})
    assert held.status_code == 422
    assert "Còn chỗ chưa điền: “[tên thôn hoặc tổ]”" in held.text
    kept = officer.fill(USE, action, {"then": "keep"})
    assert kept.status_code == 303, "a draft is kept with its blanks"
    filled = re.sub(r"\[[^]]+\]", "x", form.fields["text"])
    page = officer.fill(USE, action, {"text": filled, "then": "listen"}).location
    assert look(store, id_of(page)).field == 4


def test_a_place_has_words_of_its_own(officer: Browser, stranger: Browser) -> None:
    page = "/kho-mau/them?tu=hop-thon"
    refused = officer.fill(page, "/kho-mau/them", {"name": ""})
    assert refused.status_code == 422
    assert "Đặt tên cho mẫu" in refused.text
    officer.fill(page, "/kho-mau/them", {"name": "Họp bản", "text": "Mời họp bản [tên bản]."})
    listed = officer.get("/kho-mau/").text
    assert "Của Xã Suối Mây" in listed
    assert "Họp thôn, tổ dân phố" not in listed
    assert "Họp thôn, tổ dân phố" in stranger.get("/kho-mau/").text
    own = re.search(r'href="(/kho-mau/[0-9a-f-]{36})"', listed)
    assert own
    ref = id_of(own[1])
    assert "Mời họp bản" in officer.get(f"/ban-tin/soan?mau={ref}").text
    officer.fill(own[1], own[1], {"text": "Mời họp bản [tên bản] tối nay."})
    assert "tối nay" in officer.get(own[1]).text
    assert stranger.get(own[1]).status_code == 404
    officer.fill(own[1], f"{own[1]}/bo", {})
    assert "Của Xã Suối Mây" not in officer.get("/kho-mau/").text


def test_one_that_is_no_more_begins_an_empty_form(officer: Browser) -> None:
    (form,) = (
        form
        for form in forms(officer.get("/ban-tin/soan?mau=khong-co").text)
        if "text" in form.fields
    )
    assert form.fields["text"] == ""


def test_who_writes_nowhere_has_no_such_page(browser: Browser, village: Village) -> None:
    auditor = browser.signed_in(village.auditor)
    assert auditor.get("/kho-mau/").status_code == 404
    assert auditor.get(USE).status_code == 404
