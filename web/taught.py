"""Taught: one reading as it was typed beside a bulletin, and what is wrong with it."""

from datetime import date

from msgspec import Struct, structs
from sqlalchemy.orm import Session

from controller import areas
from controller.errors import Invalid
from controller.model import Bulletin
from controller.permissions import Permission, Who, scope
from web import places
from web.places import Place


class Taught(Struct, frozen=True):
    """What was sent; `wrong` is a sentence for people, or "" when it was not looked at yet."""

    token: str
    reading: str
    area: str
    wrong: str = ""

    def refused(self, error: Invalid) -> "Taught":
        """The same, with what is wrong with it."""
        return structs.replace(self, wrong=error.problems[0].message)


def places_to_teach(session: Session, who: Who, bulletin: Bulletin, on: date) -> list[Place]:
    """For which areas the person may teach what this bulletin lacks, the nearest first."""
    line = areas.lineages(session, [bulletin.area_id], on)[bulletin.area_id]
    reach = scope(session, who, Permission.TEACH_READINGS, on)
    found = [area_id for area_id in line if area_id in reach]
    named = places.names(session, found)
    return [
        Place(id_, name, depth) for depth, (id_, name) in enumerate(zip(found, named, strict=True))
    ]
