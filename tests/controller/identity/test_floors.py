"""What a claim tells a box that takes the place of another: above what it begins."""

from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

from contract import codec
from contract.claims import Floor, Issued
from controller import facts, plans
from controller.identity import claims
from controller.model import StationPlan
from controller.settings import Settings
from controller.store import Store
from tests.controller.air import fleet, register
from tests.controller.identity.boxes import csr
from tests.controller.village import NOW, OneKey, settle
from web.station_door import create_door

LATER = NOW + timedelta(hours=1)


def highest(session: Session, station: str) -> tuple[int, int]:
    row = session.get_one(StationPlan, station)
    return row.epoch, row.version


def test_only_a_box_that_replaces_another_gets_a_floor_and_the_next_plan_lies_above_it(
    store: Store, tmp_path: Path
) -> None:
    door = create_door(Settings(data=tmp_path), store, lambda: LATER).test_client()
    signer = OneKey()
    with store.writing() as session:
        people = settle(session)
        (station,) = register(session, people.suoi_may)

    def claim() -> Floor | None:
        with store.writing() as session:
            code = claims.make(session, people.technician, station, now=LATER)
        asked = {"code": code, "request": csr(Ed25519PrivateKey.generate())}
        return codec.decode(Issued, door.post("/claim", json=asked).data).floor

    assert claim() is None
    assert claim() == Floor(epoch=1, seq=0, not_before=LATER)  # no plan was made yet
    with store.writing() as session:
        facts.raise_epoch(session, NOW)
        plans.renew(session, fleet(session), signer, NOW)
        before = highest(session, station)
    assert claim() == Floor(epoch=before[0], seq=before[1], not_before=LATER)
    with store.writing() as session:
        plans.renew(session, fleet(session), signer, LATER)
        assert highest(session, station) > before
