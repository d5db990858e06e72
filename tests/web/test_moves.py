"""One broadcast is put at another time from its page, after a look at what that does; and back."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from controller import planning, stations
from controller.fleet import read_fleet
from controller.media.disk import DiskMedia
from controller.model import Airing
from controller.store import Store
from tests.controller.air import FIVE
from tests.controller.village import NOW, TODAY, Village
from tests.web.browser import Browser
from tests.web.writing import approved

LATER = {"day": TODAY.isoformat(), "time": "18:15"}
QUARTER_PAST_SIX = FIVE + timedelta(minutes=75)


@pytest.fixture
def airing(store: Store, media: DiskMedia, village: Village) -> str:
    """The first of a daily bulletin, at five on one station of Suối Mây."""
    with store.writing() as session:
        stations.register(session, None, village.suoi_may, "Loa số 1", now=NOW)
    approved(store, media, village)
    with store.writing() as session:
        planning.reconcile(session, read_fleet(session, TODAY), NOW)
        return session.query(Airing).order_by(Airing.starts_at).first().id  # type: ignore[union-attr]  # ten of them


def starts_at(store: Store, airing: str) -> object:
    with store.reading() as session:
        return session.get_one(Airing, airing).starts_at


def all_starts(store: Store) -> list[datetime]:
    with store.reading() as session:
        return list(session.scalars(select(Airing.starts_at).order_by(Airing.starts_at)))


def test_it_is_moved_and_moved_back(officer: Browser, store: Store, airing: str) -> None:
    page = f"/dang-phat/{airing}"
    assert "Chuyển giờ" in officer.get(page).text
    assert "Xem trước" in officer.get(f"{page}/chuyen-gio").text
    moved = officer.post(f"{page}/chuyen-gio", LATER)
    assert moved.status_code == 303
    assert starts_at(store, airing) == QUARTER_PAST_SIX
    assert "đã chuyển lượt phát này" in officer.get(page).text
    assert officer.post(f"{page}/hoan-tac", {}).status_code == 303
    assert "Đã hoàn tác" in officer.get(page).text
    assert starts_at(store, airing) == FIVE


def test_from_now_on_all_that_follow_are_moved_and_moved_back(
    officer: Browser, store: Store, airing: str
) -> None:
    page = f"/dang-phat/{airing}"
    assert "Từ lần này về sau" in officer.get(f"{page}/chuyen-gio").text
    assert officer.post(f"{page}/chuyen-gio", {**LATER, "onward": "1"}).status_code == 303
    assert "và mọi lượt sau" in officer.get(page).text
    assert all_starts(store) == [QUARTER_PAST_SIX + timedelta(days=n) for n in range(10)]
    officer.post(f"{page}/hoan-tac", {})
    assert all_starts(store) == [FIVE + timedelta(days=n) for n in range(10)]


def test_a_look_at_another_time_changes_nothing(
    officer: Browser, store: Store, airing: str
) -> None:
    seen = officer.get(f"/dang-phat/{airing}/chuyen-gio?day={LATER['day']}&time=18:15").text
    assert "1 cụm loa" in seen
    assert "nghe bản tin này lúc 18:15" in seen
    assert starts_at(store, airing) == FIVE


def test_a_time_gone_by_is_told_at_its_field(officer: Browser, airing: str) -> None:
    page = f"/dang-phat/{airing}/chuyen-gio"
    wrong = officer.post(page, {**LATER, "time": "08:00"})
    assert wrong.status_code == 422
    assert "Giờ này đã qua" in wrong.text
    assert officer.post(page, {"day": "mai", "time": "8h"}).status_code == 422


def test_who_does_not_compose_there_finds_no_such_page(stranger: Browser, airing: str) -> None:
    page = f"/dang-phat/{airing}"
    assert stranger.get(f"{page}/chuyen-gio").status_code == 404
    assert stranger.post(f"{page}/chuyen-gio", LATER).status_code == 404
    assert stranger.post(f"{page}/hoan-tac", {}).status_code == 404
