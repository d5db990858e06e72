"""Boxes of other makers at the door: what they are given, and what becomes of what they say."""

import json
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from contract.states import Cause, Class, OrderState, Verdict
from controller import bulletins, orders
from controller.chores import Chores
from controller.foreign.boxes import MOST_A_MINUTE
from controller.media.disk import DiskMedia
from controller.model import (
    SELF_TOLD,
    Airing,
    Bulletin,
    OrderDelivery,
    Station,
    StationPlan,
    StationState,
    StationVerdict,
)
from controller.store import Store
from tests.controller.air import AT_FIVE, FIVE
from tests.controller.foreign.maker import polling
from tests.controller.village import OneKey, Village
from tests.fakes import polling_box
from tests.fakes.broker import wait_until
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.writing import approved

Press = Callable[[], None]
AUDIBLE = {"rule": AT_FIVE}


class Box:
    """A registered box, asking through a browser without a cookie."""

    def __init__(self, browser: Browser, station: str, secret: str) -> None:
        self._client, self.station, self.secret = browser.app.test_client(), station, secret

    def get(self, path: str, secret: str = "") -> TestResponse:
        return self._client.get(f"/thiet-bi/{path}", headers=self._headers(secret), buffered=True)

    def held(self) -> list[str]:
        """The airings of its programme."""
        return [entry["airing"] for entry in self.get("lich.json").get_json()["play"]]

    def tell(self, airing: str, state: str, **more: object) -> TestResponse:
        body = {"results": [{"airing": airing, "state": state, **more}]}
        return self._client.post("/thiet-bi/ket-qua", json=body, headers=self._headers(""))

    def _headers(self, secret: str) -> dict[str, str]:
        word = b64encode(f"{self.station}:{secret or self.secret}".encode()).decode()
        return {"Authorization": f"Basic {word}"}


@pytest.fixture
def box(browser: Browser, store: Store, village: Village) -> Box:
    with store.writing() as session:
        made = polling(session, village)
        return Box(browser, made.station.id, made.secret)


@pytest.fixture
def chores(store: Store, clock: Clock) -> Callable[[], None]:
    """What the controller does between two looks at the page."""
    made = Chores(store, OneKey())

    def look() -> None:
        made.plan(clock())
        made.watch(clock())
        made.tidy(clock())

    return look


@pytest.fixture
def airing(
    *, store: Store, media: DiskMedia, village: Village, box: Box, chores: Press, clock: Clock
) -> str:
    """One of a second, due at five; it is three minutes to."""
    assert box
    approved(store, media, village, **AUDIBLE)
    clock.at = FIVE - timedelta(minutes=3)
    chores()
    with store.reading() as session:
        return session.scalars(select(Airing.id)).one()


def verdict(store: Store, box: Box) -> StationVerdict:
    with store.reading() as session:
        query = select(StationVerdict).where(StationVerdict.station_id == box.station)
        return session.scalars(query).one()


def test_a_box_is_given_what_is_due_in_the_next_minutes_and_no_plan(
    box: Box, airing: str, clock: Clock, store: Store
) -> None:
    answer = box.get("lich.json")
    (entry,) = answer.get_json()["play"]
    assert (entry["airing"], entry["seconds"], entry["interrupt"]) == (airing, 1.0, False)
    assert answer.get_json()["ask_again_s"] == 20
    assert "no-store" in answer.headers["Cache-Control"]
    assert "EXTINF" not in box.get("lich.m3u").text, "M3U knows no times: it has what sounds now"
    clock.at = FIVE
    assert "#EXTINF:1,Lịch tiêm chủng" in box.get("lich.m3u").text
    clock.at = FIVE - timedelta(minutes=11)
    assert box.held() == []
    with store.reading() as session:
        assert session.get(StationPlan, box.station) is None
        assert session.get_one(StationState, box.station).online


def test_a_recording_is_fetched_only_while_the_box_may_hold_it(
    box: Box, airing: str, clock: Clock
) -> None:
    (entry,) = box.get("lich.json").get_json()["play"]
    path = f"tep/{entry['sha256']}.ogg"
    assert box.get(path).status_code == 200
    clock.at = FIVE + timedelta(minutes=1)
    assert box.get(path).status_code == 404
    assert airing == entry["airing"]


def test_an_approval_withdrawn_leaves_the_next_answer(
    box: Box, airing: str, store: Store, village: Village, clock: Clock
) -> None:
    assert box.held() == [airing]
    with store.writing() as session:
        row = session.scalars(select(Bulletin)).one()
        bulletins.withdraw(session, village.officer, row.id, row.version, now=clock())
    assert box.held() == []


def test_a_stop_leaves_the_next_answer_and_counts_as_handed_over(
    box: Box, airing: str, store: Store, village: Village, clock: Clock
) -> None:
    clock.at = FIVE
    assert box.held() == [airing]
    clock.move(timedelta(milliseconds=200))
    with store.writing() as session:
        signer, places = OneKey(), [village.suoi_may]
        orders.stop(session, village.officer, places, signer=signer, now=clock())
    assert box.held() == []
    with store.reading() as session:
        assert session.scalars(select(OrderDelivery.state)).one() == OrderState.ACCEPTED


def test_an_emergency_comes_with_the_next_answer_whatever_the_hour(
    box: Box, store: Store, media: DiskMedia, village: Village, clock: Clock
) -> None:
    approved(store, media, village, cls=Class.EMERGENCY)
    (entry,) = box.get("lich.json").get_json()["play"]
    assert entry["interrupt"]
    assert entry["volume"] == 100
    assert "#EXTINF" in box.get("lich.m3u").text
    clock.move(timedelta(minutes=1))
    assert "#EXTINF" not in box.get("lich.m3u").text, "it would be played for an hour"
    assert box.held() == [entry["airing"]], "who comes late still warns"
    assert box.tell(entry["airing"], "finished", played_s=1).status_code == 204
    assert box.held() == []
    row = verdict(store, box)
    assert (row.verdict, row.evidence) == (Verdict.AIRED, SELF_TOLD)


def test_what_a_box_says_is_believed_once_and_marked(
    box: Box, airing: str, clock: Clock, chores: Press, store: Store
) -> None:
    box.held()
    clock.at = FIVE
    chores()
    box.tell(airing, "playing")
    clock.move(timedelta(milliseconds=500))
    box.tell(airing, "stopped", played_s=0.5)
    box.tell(airing, "finished", played_s=1)
    row = verdict(store, box)
    assert (row.verdict, row.cause, row.evidence) == (Verdict.PARTIAL, Cause.STOPPED, SELF_TOLD)
    assert row.played_samples == 24_000


def test_no_box_has_played_before_there_was_time_for_it(
    box: Box, airing: str, clock: Clock, chores: Press, store: Store
) -> None:
    box.held()
    box.tell(airing, "finished", played_s=60)
    clock.at = FIVE
    chores()
    row = verdict(store, box)
    assert (row.verdict, row.played_samples) == (Verdict.FAILED, 0)
    assert "lâu hơn thời gian có thể" in row.detail


def test_what_was_never_given_is_missed_and_not_in_doubt(
    box: Box, airing: str, clock: Clock, chores: Press, store: Store
) -> None:
    assert airing
    for minutes in (0, 4):
        clock.at = FIVE + timedelta(minutes=minutes)
        chores()
    row = verdict(store, box)
    assert (row.verdict, row.cause, row.evidence) == (Verdict.MISSED, Cause.LATE, None)


def test_what_was_given_and_not_told_stays_in_doubt(
    box: Box, airing: str, clock: Clock, chores: Press, store: Store
) -> None:
    assert box.held() == [airing]
    for later in (timedelta(), timedelta(minutes=4), timedelta(days=11)):
        clock.at = FIVE + later
        chores()
    assert verdict(store, box).verdict == Verdict.UNVERIFIED


def test_an_unknown_airing_and_an_unreadable_report_change_nothing(
    box: Box, airing: str, store: Store
) -> None:
    assert box.tell(airing, "finished").status_code == 204, "it was not given it yet"
    assert box.tell(airing, "sang").status_code == 400
    with store.reading() as session:
        assert session.scalars(select(StationVerdict)).all() == []


def test_whoever_has_no_secret_gets_nothing(box: Box, store: Store) -> None:
    assert box.get("lich.json", secret="other").status_code == 401
    assert box.get("phat/none.ogg").status_code == 404
    with store.writing() as session:
        session.get_one(Station, box.station).active = False
    assert box.get("lich.json").status_code == 401


def test_a_box_that_asks_too_often_waits(box: Box, clock: Clock) -> None:
    codes = [box.get("lich.json").status_code for _ in range(MOST_A_MINUTE + 1)]
    assert codes == [200] * MOST_A_MINUTE + [429]
    clock.move(timedelta(minutes=1))
    assert box.get("lich.json").status_code == 200


@contextmanager
def serving(browser: Browser) -> Iterator[str]:
    """The web on a free port; its address."""
    server = make_server("127.0.0.1", 0, browser.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def running(address: str, box: Box, folder: Path) -> Iterator[None]:
    """A box as a process of its own."""
    command = [sys.executable, polling_box.__file__, address, box.station, box.secret, str(folder)]
    process = subprocess.Popen(command)
    try:
        yield
        assert process.poll() is None, "the box gave up"
    finally:
        process.terminate()
        process.wait()


def test_a_real_box_fetches_ahead_plays_at_the_minute_and_throws_away(
    *,
    browser: Browser,
    box: Box,
    airing: str,
    clock: Clock,
    chores: Press,
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("controller.foreign.boxes.MOST_A_MINUTE", 10_000)  # the clock stands still
    with serving(browser) as address, running(address, box, tmp_path):
        held, played = tmp_path.glob, tmp_path / "played"
        wait_until(lambda: bool(list(held("*.ogg"))), "it fetched nothing")
        assert not played.exists()
        clock.at = FIVE
        chores()
        wait_until(lambda: verdict(store, box).verdict == Verdict.AIRED, "it did not play")
        wait_until(lambda: not list(held("*.ogg")), "it kept the recording")
        assert played.read_text().split() == [airing]
    assert verdict(store, box).evidence == SELF_TOLD
    assert json.loads(box.get("lich.json").text)["play"] == []
