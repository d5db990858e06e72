"""Taught: the readings that were typed beside a bulletin, and what is wrong with them."""

from collections.abc import Collection
from datetime import date, datetime

from msgspec import Struct, structs
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from controller import areas, teaching
from controller.errors import Invalid
from controller.model import Bulletin
from controller.permissions import Permission, Who, scope
from scheduler.problem import Problem
from tts.normalise.lexicon import Entry
from web import places
from web.places import Place


class Taught(Struct, frozen=True):
    """What was sent: readings by token; `wrong` are sentences for people, by token too."""

    readings: dict[str, str]
    area: str
    wrong: dict[str, str] = {}

    def refused(self, error: Invalid) -> "Taught":
        """The same, with what is wrong with it."""
        return structs.replace(self, wrong=error.by_field())


def typed(form: MultiDict[str, str]) -> Taught:
    """What was sent, whatever it is; a word may be left without a reading, but not all."""
    sent = dict(zip(form.getlist("token"), form.getlist("reading"), strict=False))
    return Taught(sent, form.get("area", ""))


def teach(
    session: Session, who: Who, taught: Taught, unknown: Collection[str], *, now: datetime
) -> list[str]:
    """Teach every reading that was typed for one of the unknown words; gives those words.

    Raises NotFound, and Invalid with a problem for each word that is refused.
    """
    asked = {token: taught.readings[token] for token in unknown if token in taught.readings}
    meant = {token: said for token, said in asked.items() if said.strip()}
    wrong = []
    for token, said in (meant or asked).items():
        try:
            teaching.teach(session, who, taught.area, Entry(token, said), now=now)
        except Invalid as error:
            wrong.append(Problem(token, error.problems[0].message))
    if wrong or not meant:
        raise Invalid(wrong)
    return list(meant)


def places_to_teach(session: Session, who: Who, bulletin: Bulletin, on: date) -> list[Place]:
    """For which areas the person may teach what this bulletin lacks, the nearest first."""
    line = areas.lineages(session, [bulletin.area_id], on)[bulletin.area_id]
    reach = scope(session, who, Permission.TEACH_READINGS, on)
    found = [area_id for area_id in line if area_id in reach]
    named = places.names(session, found)
    return [
        Place(id_, name, depth) for depth, (id_, name) in enumerate(zip(found, named, strict=True))
    ]
