"""Two boxes as processes at a real broker: the second takes the place of the first."""

import os
import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import UTC, datetime

import msgspec
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import select

from contract import codec
from contract.claims import Issued
from contract.errors import Refusal
from contract.reports import Ack, Report
from controller import plans, reporting, stations
from controller.broker.eviction import Eviction
from controller.identity import claims
from controller.identity.certificates import LIFE
from controller.model import Station, StationJournal, StationPlan
from controller.store import Store
from controller.store.prepare import prepare
from station_agent.identity.papers import Papers as Folder
from tests.controller.air import fleet
from tests.controller.broker.conftest import SECRETS
from tests.controller.broker.running import Client
from tests.controller.identity.boxes import Caller
from tests.controller.identity.test_door import OURS, Place, let_in
from tests.controller.identity.test_station_process import PATIENCE_S, ROOT
from tests.controller.village import OneKey, settle
from tests.fakes.issuer import Issuer

NOW = datetime.now(UTC)
PLAN, ORDER = (f"tt/1/station/{OURS}/{leaf}" for leaf in ("plan", "order"))
ACK, REPORT = (f"tt/1/station/{OURS}/{leaf}" for leaf in ("ack", "report"))


class Pole:
    """The server's side of one station, and the boxes that hang on its pole one after another."""

    def __init__(self, folder, stack):
        self.folder, self.stack, self.issuer = folder, stack, Issuer(NOW)
        self.place = Place(folder, stack)
        self.store = Store(f"sqlite:///{folder}/tt.db")
        stack.callback(self.store.close)
        prepare(self.store, NOW)
        with self.store.writing() as session:
            self.people = settle(session)
            stations.register(session, None, self.people.suoi_may, "Loa", code=OURS, now=NOW)
            plans.renew(session, fleet(session), OneKey(), NOW)
        self.evict = Eviction(
            self.store,
            self.place.directory,
            self.place.authority.folder,
            lambda: self.place.broker.process.pid,
        )
        self.evict(NOW)
        port = self.place.broker.port
        self.server = Client(port, "controller", SECRETS["controller"], "controller")
        stack.callback(self.server.close)
        self.server.subscribe(ACK)
        self.server.subscribe(REPORT)
        (folder / "trust.json").write_bytes(msgspec.json.encode(self.issuer.trust))

    def claim(self, name):
        """A new box with a key of its own is the station; its papers, and its floor."""
        now = datetime.now(UTC)
        with self.store.writing() as session:
            code = claims.make(session, self.people.technician, OURS, now=now)
        own = Folder(self.folder / name)
        request = own.request()
        found = claims.redeem(self.store, self.place.authority, code, request, "192.0.2.7", now=now)
        own.keep_authority(self.place.authority.pem)
        own.keep(
            Issued(
                station=OURS,
                certificate=found.certificate.public_bytes(Encoding.PEM).decode(),
                begins_at=now,
                ends_at=now + LIFE,
                broker_url=f"mqtts://127.0.0.1:{self.place.port}",
                media_url="https://127.0.0.1:1",
                floor=found.floor,
            )
        )
        self.evict(now)
        return own

    def start(self, name):
        environ = {n: v for n, v in os.environ.items() if not n.startswith("TT_")}
        environ |= {
            "TT_STATION": OURS,
            "TT_BROKER_URL": f"mqtts://127.0.0.1:{self.place.port}",
            "TT_MEDIA_URL": "https://127.0.0.1:1",
            "TT_IDENTITY": str(self.folder / name),
            "TT_TRUST": str(self.folder / "trust.json"),
            "TT_DATA": str(self.folder / f"{name}-data"),
        }
        command = [sys.executable, "-m", "station_agent", "run"]
        process = subprocess.Popen(command, cwd=ROOT, env=environ)
        self.stack.callback(process.wait)
        self.stack.callback(process.kill)
        return process

    def plan(self, seq):
        plan = self.issuer.plan(station=OURS, aud=(OURS,), id=f"plan-{seq}", seq=seq)
        return plan.id, self.issuer.write(plan)

    def answer(self, of):
        """Why a message was refused; None if it was not."""
        while (ack := self.hear(Ack)).of != of:
            pass
        return ack.refused

    def hear(self, kind):
        """The next of this kind; reports that come meanwhile are stored."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            topic, payload = self.server.received()
            if topic == REPORT:
                report = codec.decode(Report, payload)
                with self.store.writing() as session:
                    reporting.take_reports(session, [report], NOW)
            if topic == (REPORT if kind is Report else ACK):
                return codec.decode(kind, payload)
        raise AssertionError(f"no {kind}")

    def comes_in(self, name):
        """Whether the broker takes this box for the station."""
        caller = Caller(self.place.port, Folder(self.folder / name).context(), OURS)
        self.stack.callback(caller.close)
        return let_in(caller)

    def journals(self):
        with self.store.reading() as session:
            return len(session.scalars(select(StationJournal)).all())


@pytest.fixture
def pole(tmp_path):
    with ExitStack() as stack:
        yield Pole(tmp_path, stack)


def test_the_second_box_takes_the_next_plan_and_nothing_recorded_of_the_first(pole):
    pole.claim("first")
    with pole.store.reading() as session:
        highest = session.get_one(StationPlan, OURS).version
    old, old_plan = pole.plan(highest)
    order = msgspec.structs.replace(pole.issuer.set_volume(95), aud=(OURS,))
    recorded = pole.issuer.write(order)
    first = pole.start("first")
    pole.server.publish(PLAN, old_plan, retain=True)
    assert pole.answer(old) is None
    pole.server.publish(ORDER, recorded)
    assert pole.answer(order.id) is None
    first.kill()
    first.wait()

    second = pole.claim("second")
    assert second.issued().floor.seq == highest
    pole.start("second")
    assert pole.answer(old) is Refusal.OTHER_BOX, "the broker still keeps it"
    pole.server.publish(ORDER, recorded)
    assert pole.answer(order.id) is Refusal.OTHER_BOX
    pole.issuer.now = datetime.now(UTC)
    new, new_plan = pole.plan(highest + 1)
    pole.server.publish(PLAN, new_plan, retain=True)
    assert pole.answer(new) is None
    while pole.journals() < 2:
        pole.hear(Report)
    with pole.store.reading() as session:
        assert session.get_one(Station, OURS).name == "Loa"
    assert not pole.comes_in("first")
    assert pole.comes_in("second")
