"""What is counted once for everybody is a moment old at most, and never another one's."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from controller.errors import NotFound
from controller.model import StationState
from controller.store import Store
from tests.controller.air import register
from tests.controller.village import NOW, Village
from tests.web.browser import Browser
from tests.web.conftest import Clock
from web import shared


def test_it_is_counted_again_when_its_time_is_over(browser: Browser, clock: Clock) -> None:
    asked = []

    def count(_: Session, now: datetime) -> int:
        asked.append(now)
        return len(asked)

    with browser.app.app_context():
        life = timedelta(seconds=5)
        assert shared.counted("it", count, life) == (1, NOW)
        clock.move(life - timedelta(microseconds=1))
        assert shared.counted("it", count, life) == (1, NOW)
        assert shared.counted("another", count, life)[0] == 2
        clock.move(timedelta(microseconds=1))
        assert shared.counted("it", count, life) == (3, NOW + life)
        clock.move(-timedelta(days=1))  # a clock that was set back
        assert shared.counted("it", count, life)[0] == 4


def test_what_cannot_be_counted_is_not_kept(browser: Browser) -> None:
    def count(_: Session, __: datetime) -> int:
        raise NotFound("area", "x")

    with browser.app.app_context():
        for _ in range(2):
            with pytest.raises(NotFound):
                shared.counted("it", count, shared.LIVE)


def test_only_so_much_is_kept(browser: Browser) -> None:
    with browser.app.app_context():
        for n in range(shared.MOST + 10):
            shared.counted(n, lambda _, __: None, shared.LIVE)
        assert len(browser.app.extensions["shared"]) == shared.MOST


def test_a_station_that_falls_silent_is_seen_a_second_later(
    browser: Browser, store: Store, village: Village, clock: Clock
) -> None:
    with store.writing() as session:
        (one,) = register(session, village.suoi_may, 1)
        state = session.get_one(StationState, one)
        state.online, state.seen_at = True, NOW
    technician = browser.signed_in(village.technician)
    assert "Mất kết nối" not in technician.get("/tram-loa/?chi=hong").text
    with store.writing() as session:
        session.get_one(StationState, one).online = False
    clock.move(shared.LIVE)
    assert "Mất kết nối" in technician.get("/tram-loa/?chi=hong").text


def test_nobody_gets_the_figures_of_another_place(browser: Browser, village: Village) -> None:
    officer, stranger = (browser.signed_in(who) for who in (village.officer, village.stranger))
    for page in ("/bao-cao/", "/bao-cao/ket-noi/", "/bao-cao/nhuan-but/"):
        assert officer.get(f"{page}?noi={village.suoi_may}").status_code == 200
        assert stranger.get(f"{page}?noi={village.suoi_may}").status_code == 404
