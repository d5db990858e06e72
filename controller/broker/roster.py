"""Whom our own broker lets in, as the database has it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.ids import StationId
from controller.broker.accounts import Account, BoxAccount, StationAccount
from controller.fleet import read_fleet
from controller.foreign.adapters import own_mqtt
from controller.foreign.boxes import of_kind
from controller.model import BoxKind, ForeignBox, Station


def read_accounts(session: Session, on: date) -> list[Account]:
    """Every active station of ours with the areas it lies in on that local day, then the boxes."""
    fleet = read_fleet(session, on)
    query = select(Station.id, Station.secret_hash).where(Station.active).order_by(Station.id)
    ours = [
        StationAccount(station, hashed, fleet.chains[StationId(station)])
        for station, hashed in session.execute(query)
        if station not in fleet.foreign
    ]
    return [*ours, *map(_box, of_kind(session, BoxKind.MQTT))]


def _box(box: ForeignBox) -> BoxAccount:
    adapter = own_mqtt(box)
    return BoxAccount(box.station_id, box.secret_hash, adapter.topics_read, (adapter.status_topic,))
