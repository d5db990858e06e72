"""Which stations our own broker lets in, as the database has it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.ids import StationId
from controller.broker.accounts import StationAccount
from controller.fleet import read_fleet
from controller.model import Station


def read_accounts(session: Session, on: date) -> list[StationAccount]:
    """Every active station with the areas it lies in on that local day, by id."""
    chains = read_fleet(session, on).chains
    query = select(Station.id, Station.secret_hash).where(Station.active).order_by(Station.id)
    return [
        StationAccount(station, hashed, chains[StationId(station)])
        for station, hashed in session.execute(query)
    ]
