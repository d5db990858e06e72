"""What boxes of other makers cost the one writer, and whom their tickets serve."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import event, select, text

from contract.states import Class
from controller.foreign import boxes
from controller.foreign.boxes import MOST_A_MINUTE
from controller.foreign.following import Following
from controller.media.disk import DiskMedia
from controller.model import ForeignBox, Outgoing, Station, StationState
from controller.outbox import Kind
from controller.store import Store
from tests.controller.foreign.maker import polling, speaking
from tests.controller.village import NOW, Village
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.test_foreign_door import Box
from tests.web.test_station_health import Slow
from tests.web.writing import approved


@pytest.fixture
def polled(browser: Browser, store: Store, village: Village) -> Box:
    with store.writing() as session:
        made = polling(session, village)
    return Box(browser, made.station.id, made.secret)


@pytest.fixture
def ticket(store: Store, media: DiskMedia, village: Village, clock: Clock) -> str:
    """Of an emergency that an MQTT box holds."""
    with store.writing() as session:
        speaking(session, village)
    approved(store, media, village, cls=Class.EMERGENCY)
    Following(store, "https://loa.example")(clock())
    with store.reading() as session:
        told = select(Outgoing.payload).where(Outgoing.key.startswith(f"{Kind.FOREIGN}/"))
        url = json.loads(session.scalars(told).one())["url"]
    return str(url.rpartition("/")[2])


def fetch(browser: Browser, ticket: str) -> int:
    return browser.app.test_client().get(f"/thiet-bi/phat/{ticket}", buffered=True).status_code


def test_who_reports_slowly_keeps_nobody_from_writing(
    browser: Browser, store: Store, polled: Box
) -> None:
    body, came = b'{"results": []}', []

    def meanwhile() -> None:
        with store.writing() as session:
            session.execute(text("SELECT 1"))  # raises when another holds the one writer
        came.append(True)

    answer = browser.app.test_client().post(
        "/thiet-bi/ket-qua",
        input_stream=Slow(body, meanwhile),  # type: ignore[no-untyped-call]  # of an older test
        content_length=len(body),
        headers=polled._headers(""),
    )
    assert (answer.status_code, bool(came)) == (204, True)


@pytest.fixture
def written(store: Store) -> Iterator[list[str]]:
    """Statements between BEGIN IMMEDIATE and its end."""
    found: list[str] = []
    inside: list[bool] = [False]

    def on_statement(_c: object, _u: object, statement: str, *_more: object) -> None:
        inside[0] = statement == "BEGIN IMMEDIATE" or (inside[0] and statement != "BEGIN")
        if inside[0] and statement != "BEGIN IMMEDIATE":
            found.append(statement)

    event.listen(store.engine, "before_cursor_execute", on_statement)
    yield found
    event.remove(store.engine, "before_cursor_execute", on_statement)


def test_a_poll_that_changes_nothing_asks_the_writer_for_its_own_rows_only(
    polled: Box, written: list[str]
) -> None:
    polled.held()
    written.clear()
    polled.held()
    assert 1 < len(written) <= 4
    assert all("foreign_box" in one or "station_state" in one for one in written), written


def test_fetches_are_counted(browser: Browser, polled: Box, ticket: str) -> None:
    codes = [polled.get("tep/none.ogg").status_code for _ in range(MOST_A_MINUTE + 1)]
    assert codes == [404] * MOST_A_MINUTE + [429]
    codes = [fetch(browser, ticket) for _ in range(MOST_A_MINUTE + 1)]
    assert codes == [200] * MOST_A_MINUTE + [429]


def test_a_ticket_serves_no_box_that_was_shut_out(
    browser: Browser, store: Store, village: Village, ticket: str, clock: Clock
) -> None:
    assert fetch(browser, ticket) == 200
    with store.writing() as session:
        station = session.scalars(select(ForeignBox.station_id)).one()
        session.get_one(Station, station).active = False
    assert fetch(browser, ticket) == 404
    with store.writing() as session:
        session.get_one(Station, station).active = True
    assert fetch(browser, ticket) == 200
    with store.writing() as session:
        boxes.new_secret(session, village.technician, station, now=NOW + timedelta(seconds=1))
    assert fetch(browser, ticket) == 404


def test_an_old_ticket_tells_nothing_of_its_box(
    browser: Browser, store: Store, village: Village, ticket: str, clock: Clock
) -> None:
    clock.move(timedelta(days=2))
    assert fetch(browser, ticket) == 404
    with store.reading() as session:
        box = session.scalars(select(ForeignBox)).one()
        assert not session.get_one(StationState, box.station_id).online
