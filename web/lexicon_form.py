"""Lexicon form: what was typed about a reading, kept as typed, and the entry that it means."""

from msgspec import Struct
from werkzeug.datastructures import MultiDict

from controller.model import LexiconEntry
from tts.normalise.lexicon import Entry


class Typed(Struct, kw_only=True):
    """The fields of the page; words of company are written with commas between them."""

    token: str = ""
    reading: str = ""
    next: str = ""
    previous: str = ""
    area: str = ""


def typed(form: MultiDict[str, str]) -> Typed:
    """What was sent, whatever it is."""
    return Typed(**{name: form.get(name, "") for name in Typed.__struct_fields__})


def of(row: LexiconEntry) -> Typed:
    """An entry as typed fields."""
    return Typed(
        token=row.token,
        reading=row.reading,
        next=", ".join(row.next),
        previous=", ".join(row.previous),
        area=row.area_id,
    )


def entry(given: Typed) -> Entry:
    """The entry that the fields mean, good or not."""
    return Entry(
        given.token,
        given.reading,
        tuple(given.next.split(",")),
        tuple(given.previous.split(",")),
    )
