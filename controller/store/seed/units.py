"""The provinces and communes since 1 July 2025, loaded once into the tree of areas."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from contract.ids import new_id
from controller.model import Area, AreaKind, AreaPlace
from controller.model.folding import folded

VALID_FROM = date(2025, 7, 1)
"""The day on which the two-tier government began."""

_MIDNIGHT = datetime(2025, 7, 1, tzinfo=UTC)  # only orders the ids


def load(session: Session) -> int:
    """Insert the units, unless they are there; the number of areas that were added."""
    present = select(Area.id).where(Area.valid_from == VALID_FROM, Area.code == "01").limit(1)
    if session.scalars(present).first() is not None:
        return 0
    units = list(rows())
    ids = {unit["code"]: new_id(_MIDNIGHT) for unit in units}
    areas = [
        {
            "id": ids[unit["code"]],
            "kind": AreaKind.COMMUNE if unit["parent"] else AreaKind.PROVINCE,
            "code": unit["code"],
            "name": unit["name"],
            "folded": folded(unit["name"]),
            "valid_from": VALID_FROM,
            "valid_to": None,
        }
        for unit in units
    ]
    places = [
        {
            "area_id": ids[unit["code"]],
            "parent_id": ids[unit["parent"]],
            "valid_from": VALID_FROM,
            "valid_to": None,
        }
        for unit in units
        if unit["parent"]
    ]
    session.execute(insert(Area), areas)
    session.execute(insert(AreaPlace), places)
    return len(areas)


def rows() -> Iterator[dict[str, str]]:
    """The lines of units.csv (seed/README.md explains the columns), provinces first."""
    with Path(__file__).with_name("units.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
