"""The page of sources of relays: look, try, add, correct, withdraw."""

import pytest
from werkzeug.test import TestResponse

from controller.model import RelaySource, SourceKind
from controller.ports import Checked
from controller.store import Store
from tests.controller.village import Village
from tests.web.browser import Browser, forms
from tests.web.conftest import ListeningProber

LIST, NEW = "/nguon-tiep-song/", "/nguon-tiep-song/them"
VOV = {
    "name": "VOV1",
    "owner": "Đài Tiếng nói Việt Nam",
    "address": "http://vov.example/vov1",
}


def add(who: Browser, **fields: str) -> TestResponse:
    return who.fill(NEW, "", {**VOV, **fields})


def row_of(store: Store, page: str) -> RelaySource:
    with store.reading() as session:
        return session.get_one(RelaySource, page.rpartition("/")[2])


def test_an_approver_adds_a_source_which_is_tried_at_once(
    approver: Browser, officer: Browser, store: Store, village: Village, prober: ListeningProber
) -> None:
    assert "Chưa có nguồn" in officer.get(LIST).text
    page = add(approver).location
    assert prober.tried == [VOV["address"]]
    shown = approver.get(page).text
    for said in ("VOV1", "Nghe được: MP3 48 kHz", "Xã Suối Mây", "Hoà"):
        assert said in shown
    assert "VOV1" in officer.get(LIST).text
    assert (row_of(store, page).area_id, row_of(store, page).works) == (village.suoi_may, True)


def test_the_further_hosts_of_a_source_are_typed_tried_and_shown(
    approver: Browser, officer: Browser, store: Store, prober: ListeningProber
) -> None:
    page = add(approver, hosts="CDN.dai.vn, b.vn").location
    assert prober.tried == ["http://vov.example/vov1 b.vn cdn.dai.vn"]
    assert "các máy chủ mà luồng dẫn tới: b.vn, cdn.dai.vn" in officer.get(page).text
    assert 'value="b.vn, cdn.dai.vn"' in approver.get(page).text
    assert approver.fill(page, "", {**VOV, "hosts": ""}).location == page
    assert row_of(store, page).address == VOV["address"]
    assert "10.0.0.1 không phải tên máy chủ" in add(approver, hosts="10.0.0.1").text


def test_what_comes_by_a_wire_at_the_station_is_a_source_that_the_server_does_not_try(
    approver: Browser, officer: Browser, store: Store, prober: ListeningProber
) -> None:
    page = add(approver, way="input:fm", address="").location
    assert prober.tried == []
    shown = approver.get(page).text
    assert "Máy thu FM của cụm loa" in shown
    assert f"{page}/kiem-tra" not in shown
    row = row_of(store, page)
    assert (row.kind, row.address) == (SourceKind.INPUT, "input:fm")
    assert "Nghe ở cụm loa" in officer.get(LIST).text
    approver.fill(page, "", {**VOV, "way": ""})
    assert row_of(store, page).kind == SourceKind.STREAM


def test_an_officer_tries_a_source_and_changes_nothing(
    approver: Browser, officer: Browser, store: Store, prober: ListeningProber
) -> None:
    page = add(approver).location
    prober.found = Checked(works=False, told="Không tìm thấy máy chủ vov.example.")
    assert officer.fill(page, f"{page}/kiem-tra", {}).location == page
    assert "Không tìm thấy máy chủ" in officer.get(page).text
    assert row_of(store, page).works is False
    main = officer.get(page).text.partition("<main")[2]
    assert [form.action for form in forms(main)] == [f"{page}/kiem-tra"]
    assert officer.get(NEW).status_code == 404
    assert officer.post(page, VOV).status_code == 404
    assert officer.post(f"{page}/thoi", {}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"name": ""}, "name"), ({"owner": " "}, "owner"), ({"address": "vov"}, "address")],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(
    approver: Browser, prober: ListeningProber, changes: dict[str, str], field: str
) -> None:
    answer = add(approver, **changes)
    assert answer.status_code == 422
    assert f'id="{field}-wrong"' in answer.text
    (form,) = (form for form in forms(answer.text) if "address" in form.fields)
    assert {name: form.fields[name] for name in VOV} == {**VOV, **changes}
    assert prober.tried == []


def test_a_source_is_corrected_and_withdrawn(approver: Browser, store: Store) -> None:
    page = add(approver).location
    assert approver.fill(page, "", {"address": "http://vov.example/2"}).location == page
    assert row_of(store, page).works is None, "nobody has tried that one"
    assert approver.fill(page, "", {"address": "http://10.0.0.1/"}).status_code == 422
    assert approver.fill(page, f"{page}/thoi", {}).location == LIST
    assert "VOV1" not in approver.get(LIST).text
    assert "đã thôi dùng" in approver.get(page).text
    assert approver.post(page, VOV).location == page  # told that it is too late
    assert row_of(store, page).withdrawn_at is not None


def test_a_source_of_the_other_commune_does_not_exist_here(
    approver: Browser, stranger: Browser, browser: Browser, village: Village
) -> None:
    page = add(approver).location
    assert stranger.get(page).status_code == 404
    assert stranger.post(f"{page}/kiem-tra", {}).status_code == 404
    assert browser.signed_in(village.technician).get(LIST).status_code == 404
