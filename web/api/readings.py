"""Readings: how the voice would read a text in a place, before anything is saved."""

from typing import Annotated

from msgspec import Meta, Struct

from controller import lexicon
from controller.areas import local_day
from controller.permissions import Permission, require
from controller.rehearsal import rehearse
from web.api.call import Call
from web.api.operations import post


class Text(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be read, and where: each place may have taught the voice words of its own."""

    area_id: Annotated[str, Meta(min_length=1, max_length=40)]
    text: Annotated[str, Meta(min_length=1, max_length=7_000)]


class Reading(Struct, frozen=True, kw_only=True):
    """What the voice would say; `unknown` are words that no rule reads with certainty.

    `is_faithful` is false when what is said would not mean what is written.
    """

    spoken: str
    unknown: list[str]
    is_faithful: bool


@post("/readings", Permission.COMPOSE)
def read(call: Call, body: Text) -> Reading:
    """Read a text as the voice would."""
    require(call.session, call.who, Permission.COMPOSE, {body.area_id}, local_day(call.now))
    entries = lexicon.entries_for(call.session, body.area_id, now=call.now)
    found = rehearse(body.text, entries)
    return Reading(
        spoken=found.reading.spoken,
        unknown=list(dict.fromkeys(each.token for each in found.reading.unknown)),
        is_faithful=not found.mismatches,
    )
