"""The bar that says on every page what sounds now."""

import pytest

from contract.states import AiringState, Class
from controller import stations
from controller.model import Airing, StationState
from tests.controller.village import NOW
from tests.web.writing import airing_now, approved

BAR = "/dang-phat/thanh"
PAGES = ("/", "/ban-tin/", "/lich/", "/phien")


@pytest.fixture
def sound(store, media, village):
    """Puts an airing on the air in both communes; gives its id."""

    def begin(**changes):
        decision = approved(store, media, village)
        airing = airing_now(store, decision, village.suoi_may, AiringState.STARTED)
        with store.writing() as session:
            for place in (village.suoi_may, village.na_may):
                made = stations.register(session, None, place, "Loa chợ", now=NOW)
                session.flush()
                state = session.get_one(StationState, made.station.id)
                state.online, state.seen_at, state.on_air = True, NOW, {"airing": airing}
            for name, value in changes.items():
                setattr(session.get_one(Airing, airing), name, value)
        return airing

    return begin


def test_nothing_sounds_and_there_is_no_bar(officer):
    for page in PAGES:
        assert 'class="sounding"' not in officer.get(page).text
    assert "<section" not in officer.get(BAR).text


def test_every_page_says_what_sounds_and_on_how_many_loudspeakers(officer, sound):
    airing = sound()
    for page in PAGES:
        shown = officer.get(page).text.split('class="sounding"')[1]
        assert "Lịch tiêm chủng" in shown
        assert "1 cụm loa" in shown
        assert f'href="/dang-phat/{airing}"' in shown


def test_it_is_stopped_from_any_page_in_two_presses(officer, sound, nudges):
    airing = sound()
    answer = officer.fill("/ban-tin/", f"/dang-phat/{airing}/dung", {})
    assert answer.status_code == 303
    assert len(nudges) == 1


def test_who_is_only_reached_by_it_silences_their_own_loudspeakers(stranger, sound):
    airing = sound()
    shown = stranger.get("/").text
    assert f"/dang-phat/{airing}/dung" not in shown
    assert stranger.fill("/", "/dang-phat/dung-het", {}).status_code == 303


def test_an_emergency_is_not_stopped_but_cleared(officer, sound):
    airing = sound(cls=Class.EMERGENCY)
    shown = officer.get(BAR).text
    assert f"/dang-phat/{airing}/dung" not in shown
    assert f"/khan-cap/phat/{airing}" in shown


def test_who_stops_nothing_is_shown_no_button(browser, village, sound):
    sound()
    shown = browser.signed_in(village.auditor).get(BAR).text
    assert "2 cụm loa" in shown
    assert "Dừng" not in shown


def test_an_unchanged_bar_is_not_sent_again(officer, sound):
    sound()
    first = officer.get(BAR)
    again = officer.get(BAR, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
