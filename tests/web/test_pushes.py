"""Who decides is told on their telephone that something waits, and nothing of what it is."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from msgspec import structs
from sqlalchemy import select

from contract.states import Class
from controller.media.disk import DiskMedia
from controller.model import Bulletin, Person, PushSubscription
from controller.push_port import Pushed
from controller.pushing import LONGEST_PAUSE, Pushing, pause
from controller.settings import Settings
from controller.store import Store
from tests.controller.village import Village
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.writing import sent

HOST = "https://fcm.googleapis.com/fcm/send/"


class Telephones:
    """Keeps what came; answers as it is told."""

    def __init__(self, answers: Iterable[Pushed] = ()) -> None:
        self.answers, self.came = list(answers), list[tuple[str, str]]()

    def push(self, to: PushSubscription, message: str) -> Pushed:
        self.came.append((to.endpoint.removeprefix(HOST), message))
        return self.answers.pop(0) if self.answers else Pushed.SENT


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return structs.replace(settings, public_url="http://localhost")


def told(name: str, host: str = HOST) -> str:
    keys = {name: urlsafe_b64encode(bytes(n)).rstrip(b"=").decode() for name, n in KEY_SIZES}
    return json.dumps({"endpoint": f"{host}{name}", "expirationTime": None, "keys": keys})


KEY_SIZES = (("p256dh", 65), ("auth", 16))


def subscribe(browser: Browser, name: str) -> None:
    answer = browser.post("/bao-tin/", {"subscription": told(name)})
    assert answer.status_code == 303, answer.text


def send(store: Store, media: DiskMedia, village: Village, at: datetime, **changes: object) -> None:
    """A notice that was sent for approval at this time."""
    made = sent(store, media, village, **changes)
    with store.writing() as session:
        session.get_one(Bulletin, made).submitted_at = at


def rows(store: Store) -> list[PushSubscription]:
    with store.reading() as session:
        return list(session.scalars(select(PushSubscription)))


@pytest.fixture
def telephones() -> Telephones:
    return Telephones()


@pytest.fixture
def pushing(store: Store, telephones: Telephones, clock: Clock) -> Pushing:
    return Pushing(store, telephones, clock)


def test_who_decides_is_told_once_and_the_writer_is_not(  # noqa: PLR0917 - fixtures
    approver: Browser,
    officer: Browser,
    stranger: Browser,
    telephones: Telephones,
    pushing: Pushing,
    store: Store,
    media: DiskMedia,
    village: Village,
    clock: Clock,
) -> None:
    for browser, name in ((approver, "hoa"), (officer, "lan"), (stranger, "pao")):
        subscribe(browser, name)
    pushing.work()
    assert {(name, '{"kind":"hello"}') for name in ("hoa", "lan", "pao")} == set(telephones.came)
    telephones.came.clear()
    clock.move(timedelta(minutes=1))
    send(store, media, village, clock())
    pushing.work()
    pushing.work()
    assert telephones.came == [("hoa", '{"kind":"waits"}')]
    clock.move(timedelta(minutes=1))
    send(store, media, village, clock(), cls=Class.EMERGENCY, valid_h=2)
    pushing.work()
    assert telephones.came[1:] == [("hoa", '{"kind":"urgent"}')]


def test_what_did_not_come_through_is_tried_again_and_a_gone_browser_let_go(  # noqa: PLR0917
    approver: Browser,
    telephones: Telephones,
    pushing: Pushing,
    store: Store,
    media: DiskMedia,
    village: Village,
    clock: Clock,
) -> None:
    subscribe(approver, "hoa")
    pushing.work()
    clock.move(timedelta(minutes=1))
    send(store, media, village, clock())
    telephones.answers = [Pushed.LATER, Pushed.SENT, Pushed.GONE]
    pushing.work()
    assert "chưa gửi tới được" in approver.get("/bao-tin/").text
    pushing.work()
    assert len(telephones.came) == 2  # not before its time
    clock.move(pause(1))
    pushing.work()
    assert len(telephones.came) == 3
    approver.fill("/bao-tin/", "/bao-tin/thu", {})
    pushing.work()
    assert telephones.came[-1] == ("hoa", '{"kind":"hello"}')
    assert rows(store) == []


def test_pauses_grow_to_an_hour() -> None:
    pauses = [pause(tries) for tries in range(1, 30)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE


def test_a_locked_account_is_told_nothing(  # noqa: PLR0917 - fixtures
    approver: Browser,
    telephones: Telephones,
    pushing: Pushing,
    store: Store,
    media: DiskMedia,
    village: Village,
    clock: Clock,
) -> None:
    subscribe(approver, "hoa")
    pushing.work()
    with store.writing() as session:
        session.get_one(Person, village.approver.person_id).active = False
    clock.move(timedelta(minutes=1))
    send(store, media, village, clock())
    pushing.work()
    assert len(telephones.came) == 1


def test_a_browser_is_told_for_whoever_asked_last_and_only_they_end_it(
    approver: Browser, officer: Browser, store: Store, village: Village
) -> None:
    subscribe(officer, "hoa")
    subscribe(approver, "hoa")
    (row,) = rows(store)
    assert row.person_id == village.approver.person_id
    officer.post("/bao-tin/thoi", {"subscription": row.id})
    officer.post("/bao-tin/thu", {"subscription": row.id})
    assert len(rows(store)) == 1
    approver.fill("/bao-tin/", "/bao-tin/thoi", {})
    assert rows(store) == []


@pytest.mark.parametrize(
    "given",
    [
        "",
        "{}",
        "null",
        "[]",
        told("x", "https://127.0.0.1/"),
        told("x", "http://fcm.googleapis.com/"),
    ],
)
def test_nothing_else_is_taken(approver: Browser, store: Store, given: str) -> None:
    assert approver.post("/bao-tin/", {"subscription": given}).status_code == 422
    assert rows(store) == []


def test_the_page_gives_the_key_and_says_where_there_is_none(approver: Browser) -> None:
    assert 'data-key="B' in approver.get("/bao-tin/").text
    away = approver.client.get("/bao-tin/", base_url="http://10.0.0.7").text
    assert "data-key" not in away
