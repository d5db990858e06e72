"""A box that speaks its maker's own MQTT: real broker with our rules, real hub, real client."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from queue import SimpleQueue

import pytest
from sqlalchemy import select

from contract.states import Class, Verdict
from controller import emergency, stations
from controller.broker import mosquitto
from controller.broker.accounts import CONTROLLER, LAUNCHER
from controller.broker.roster import read_accounts
from controller.chores import Chores
from controller.demo.free_ports import any_free_port
from controller.errors import Invalid
from controller.events import Due, Event, Stopping
from controller.foreign import tickets
from controller.foreign.boxes import Registered
from controller.foreign.ears import Ears
from controller.foreign.following import Following
from controller.hub.door import Door
from controller.hub.mqtt import MqttHub
from controller.model import SELF_TOLD, Airing, Alarm, JournalLine, StationState, StationVerdict
from controller.runtime import Runtime
from controller.store import Store
from tests.controller.air import approve
from tests.controller.broker.running import Client, RunningBroker
from tests.controller.foreign.maker import speaking
from tests.controller.village import NOW, TODAY, OneKey, Village, settle
from tests.fakes.broker import wait_until
from tests.fakes.mqtt_box import PATIENCE_S, MqttBox

SECRETS = {CONTROLLER: "c-secret", LAUNCHER: "h-secret"}
ADDRESS = "https://loa.example"


class House:
    """A controller on a real broker, with a box and a clock that a test moves."""

    def __init__(self, store: Store, folder: Path, stack: ExitStack) -> None:
        self.store, self.signer, self.now = store, OneKey(), NOW
        self._stack = stack
        with store.writing() as session:
            self.village: Village = settle(session)
            self.made: Registered = speaking(session, self.village)
            self.station = self.made.station.id
            ours = stations.register(session, None, self.village.suoi_may, "Loa xã", now=NOW)
            self.ours = ours.station.id, ours.secret
            accounts = read_accounts(session, TODAY)
        mosquitto.prepare(folder, any_free_port(), SECRETS, accounts)
        self.broker = stack.enter_context(RunningBroker(folder, SECRETS[LAUNCHER]))
        self._start()

    def _start(self) -> None:
        self.events: SimpleQueue[Event] = SimpleQueue()
        door = Door("127.0.0.1", self.broker.port, False, CONTROLLER, SECRETS[CONTROLLER])
        hub = MqttHub(door, self.events)
        chores = {
            **Chores(self.store, self.signer).by_name,
            "foreign": Following(self.store, ADDRESS),
            "ears": Ears(self.store, hub),
        }
        runtime = Runtime(
            self.store,
            hub,
            self.events,
            clock=lambda: self.now,
            chores=chores,
            on_nudge=lambda: None,
        )
        thread = threading.Thread(target=runtime.run)
        hub.start()
        self.events.put(Due("ears"))
        thread.start()
        self._stack.callback(hub.stop)
        self._stack.callback(thread.join)
        self._stack.callback(partial(self.events.put, Stopping()))

    def box(self) -> MqttBox:
        """The box, heard by the server from now on."""
        user = f"box.{self.station}"
        box = MqttBox(self.broker.port, user, self.made.secret, "H7")
        self._stack.callback(box.close)

        def heard() -> bool:
            box.say(state="idle")
            with self.store.reading() as session:
                return session.get_one(StationState, self.station).online

        wait_until(heard, "the box is not heard")
        return box

    def sound(self) -> None:
        """An emergency is approved, and the next look at the boxes is due."""
        with self.store.writing() as session:
            approve(session, self.village, self.signer, cls=Class.EMERGENCY)
        self.events.put(Due("foreign"))

    def verdict(self) -> StationVerdict:
        with self.store.reading() as session:
            query = select(StationVerdict).where(StationVerdict.station_id == self.station)
            return session.scalars(query).one()


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    with closing(Store(sqlite_url)) as store, ExitStack() as stack:
        yield House(store, tmp_path / "broker", stack)


def test_an_emergency_is_told_at_once_in_the_makers_words_and_heard_in_them(house: House) -> None:
    box = house.box()
    house.sound()
    told = box.told.get(timeout=PATIENCE_S)
    assert told["cmd"] == "play"
    assert (told["title"], told["vol"]) == ("Lịch tiêm chủng", 100)
    ticket = told["url"].removeprefix(f"{ADDRESS}/thiet-bi/phat/").removesuffix(".ogg")
    wait_until(lambda: house.verdict().verdict != Verdict.PENDING, "the box was not heard")
    row = house.verdict()
    assert (row.verdict, row.evidence, row.airing_id) == (Verdict.AIRED, SELF_TOLD, told["id"])
    with house.store.reading() as session:
        assert tickets.recording_of(session, ticket, NOW) is None, "it is over"
        lines = session.scalars(select(JournalLine.type).order_by(JournalLine.n))
        assert list(lines) == ["started", "ended"]


def test_what_is_taken_back_is_stopped_and_its_ticket_is_worth_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = house.box()
    monkeypatch.setattr(box, "say", lambda **_: None)  # it plays on, and says nothing
    house.sound()
    told = box.told.get(timeout=PATIENCE_S)
    ticket = told["url"].rpartition("/")[2].removesuffix(".ogg")
    with house.store.writing() as session:
        assert tickets.recording_of(session, ticket, NOW) is not None
        house.now += timedelta(seconds=1)
        v, signer, now = house.village, house.signer, house.now
        airing = session.scalars(select(Airing.id)).one()
        emergency.all_clear(session, v.officer, airing, signer=signer, now=now)
    house.events.put(Due("foreign"))
    assert box.told.get(timeout=PATIENCE_S) == {"cmd": "stop", "id": told["id"]}
    with house.store.reading() as session:
        assert tickets.recording_of(session, ticket, house.now) is None


def test_a_box_reaches_its_own_topics_and_nothing_of_ours(house: House) -> None:
    user = f"box.{house.station}"
    with closing(Client(house.broker.port, user, house.made.secret, user)) as client:
        allowed = client.publish("hop/H7/trang-thai", b"{}")
        assert not allowed.is_failure
        for topic in (
            "hop/H7/lenh",
            "hop/H8/trang-thai",
            f"tt/1/station/{house.station}/report",
            f"tt/1/station/{house.ours[0]}/state",
            "tt/1/server/nudge",
        ):
            assert client.publish(topic, b"{}").is_failure, topic
    with closing(Client(house.broker.port, house.station, house.made.secret, "x")) as stranger:
        assert stranger.welcome.is_failure, "its code is no user of the broker"


def test_what_nobody_can_read_is_kept_for_people(house: House) -> None:
    box = house.box()
    box.say(state="done", id="nothing-of-the-kind")
    found: Callable[[str], bool] = partial(_sounded, house.store)
    wait_until(lambda: found("foreign_stray"), "no alarm")
    with house.store.writing() as session, pytest.raises(Invalid):
        speaking(session, house.village)  # the same device once more


def _sounded(store: Store, code: str) -> bool:
    with store.reading() as session:
        return session.scalars(select(Alarm).where(Alarm.code == code)).first() is not None


def test_a_normal_airing_is_told_at_its_start_and_never_again(house: House) -> None:
    box = house.box()
    with house.store.writing() as session:
        approve(session, house.village, house.signer)
    house.events.put(Due("plan"))

    def start() -> datetime | None:
        with house.store.reading() as session:
            return session.scalars(select(Airing.starts_at).order_by(Airing.starts_at)).first()

    wait_until(lambda: start() is not None, "nothing was planned")
    house.events.put(Due("foreign"))
    house.now = start() or NOW
    for _ in range(3):
        house.events.put(Due("watch"))
        house.events.put(Due("foreign"))
    assert box.told.get(timeout=PATIENCE_S)["cmd"] == "play"
    wait_until(lambda: house.verdict().verdict == Verdict.AIRED, "it was not heard")
    assert box.told.empty()
