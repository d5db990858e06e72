"""A technician makes a code for a station's box, and takes a box back."""

import html
import re

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import structs

from controller import stations
from controller.identity import certificates, claims
from controller.identity.authority import Authority
from tests.controller.identity.boxes import csr
from tests.controller.village import NOW


@pytest.fixture
def settings(settings):
    return structs.replace(settings, stations_host="loa.example.vn")


@pytest.fixture
def technician(browser, village):
    return browser.signed_in(village.technician)


@pytest.fixture
def station(store, village):
    with store.writing() as session:
        return stations.register(session, None, village.suoi_may, "Loa chợ", now=NOW).station.id


def word_on(page):
    return html.unescape(re.search(r'id="word" value="([^"]+)"', page).group(1))


def test_a_code_is_shown_once_with_its_picture_and_makes_a_box_the_station(
    technician, store, settings, station
):
    answer = technician.post(f"/tram-loa/{station}/hop/nhan", {})
    assert "no-store" in answer.headers["Cache-Control"]
    assert "<svg" in answer.text
    assert "--server https://loa.example.vn:8443" in answer.text
    code = word_on(answer.text).replace("-", "")[:16]
    request = csr(Ed25519PrivateKey.generate())
    claimed = claims.redeem(
        store, Authority(settings.identity, NOW), code, request, "192.0.2.1", now=NOW
    )
    assert certificates.serial_of(claimed.certificate)
    assert "tự gia hạn" in technician.get(f"/tram-loa/{station}/hop").text


def test_a_box_is_taken_back_with_a_reason_only(technician, store, settings, station):
    word = word_on(technician.post(f"/tram-loa/{station}/hop/nhan", {}).text)
    request = csr(Ed25519PrivateKey.generate())
    code = word.replace("-", "")[:16]
    claims.redeem(store, Authority(settings.identity, NOW), code, request, "192.0.2.1", now=NOW)
    refused = technician.post(f"/tram-loa/{station}/hop/thu-hoi", {"reason": " "})
    assert "Hãy ghi lý do thu hồi." in refused.text
    technician.post(f"/tram-loa/{station}/hop/thu-hoi", {"reason": "mất hộp"})
    assert "đã bị thu hồi: mất hộp" in technician.get(f"/tram-loa/{station}/hop").text


def test_a_technician_reads_what_a_replacement_means_before_taking_the_code(
    technician, store, settings, station
):
    page = f"/tram-loa/{station}/hop"
    assert "Thay thiết bị" not in technician.get(page).text
    for _ in range(2):
        code = word_on(technician.post(f"{page}/nhan", {}).text).replace("-", "")[:16]
        request = csr(Ed25519PrivateKey.generate())
        claims.redeem(store, Authority(settings.identity, NOW), code, request, "192.0.2.1", now=NOW)
    shown = technician.get(page).text
    for told in (
        "Thay thiết bị",
        "Rút điện hộp cũ trước",
        "chưa xác minh",
        "Hộp này thay hộp trước",
    ):
        assert told in shown


def test_an_officer_sees_no_box(officer, station):
    assert officer.get(f"/tram-loa/{station}/hop").status_code == 404
    assert officer.post(f"/tram-loa/{station}/hop/nhan", {}).status_code == 404
    assert f"/tram-loa/{station}/hop" not in officer.get("/tram-loa/").text
