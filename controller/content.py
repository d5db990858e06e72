"""What a bulletin's row holds, as values; and the hash of what people approve."""

import hashlib
from typing import Any

import msgspec
import rfc8785
from msgspec import Struct

from contract.states import Class
from controller.drafts import Draft, Place
from controller.model import Bulletin, BulletinKind, Field
from scheduler.expiry import ended
from scheduler.rules import Rule
from tts.craft import Craft


class Sound(Struct, frozen=True, kw_only=True):
    """What a recording is made from: any other change keeps it.

    A text has `craft` and perhaps a recorded part; an upload has `original_sha256`.
    """

    kind: BulletinKind
    text: str
    voice: str
    craft: Craft
    recorded_place: Place
    recorded_sha256: str | None
    original_sha256: str | None


def content_hash(bulletin: Bulletin) -> str:
    """The sha256 of the canonical JSON (RFC 8785) of all that people will hear, where and when."""
    content: dict[str, Any] = {
        "text": bulletin.text,
        "recording": bulletin.recording_sha256,
        "class": bulletin.cls,
        "targets": sorted(bulletin.targets),
        "rule": bulletin.rule,
    }
    if bulletin.cls == Class.EMERGENCY:
        content["valid_h"] = bulletin.valid_h
    if bulletin.expires_on:
        content["expires_on"] = bulletin.expires_on.isoformat()
    if bulletin.relay_source:
        content["relay"] = {"address": bulletin.relay_address, "seconds": bulletin.relay_s}
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def draft_of(bulletin: Bulletin) -> Draft:
    """The content of a bulletin, as a person would enter it again."""
    return Draft(
        area_id=bulletin.area_id,
        title=bulletin.title,
        kind=BulletinKind(bulletin.kind),
        targets=tuple(bulletin.targets),
        rule=rule_of(bulletin),
        text=bulletin.text,
        cls=Class(bulletin.cls),
        field=Field(bulletin.field),
        voice=bulletin.voice,
        craft=craft_of(bulletin),
        recorded_place=_place_of(bulletin),
        relay_source=bulletin.relay_source,
        relay_s=bulletin.relay_s,
        valid_h=bulletin.valid_h,
        expires_on=bulletin.expires_on,
    )


def sound_of(bulletin: Bulletin) -> Sound:
    """What its recording is made from."""
    place = _place_of(bulletin)
    return Sound(
        kind=BulletinKind(bulletin.kind),
        text=bulletin.text,
        voice=bulletin.voice,
        craft=craft_of(bulletin),
        recorded_place=place,
        recorded_sha256=bulletin.recorded_sha256 if place else None,
        original_sha256=bulletin.original_sha256,
    )


def text_of(bulletin: Bulletin) -> str:
    """The words of it that are known: an upload has only its name."""
    return bulletin.text if bulletin.kind == BulletinKind.TEXT else bulletin.title


def craft_of(bulletin: Bulletin) -> Craft:
    """How it is announced."""
    return msgspec.convert(bulletin.craft, Craft)


def _place_of(bulletin: Bulletin) -> Place:
    place: Place = msgspec.convert(bulletin.recorded_place, Place)
    return place


def rule_of(bulletin: Bulletin) -> Rule:
    """When it is to be heard."""
    return msgspec.convert(bulletin.rule, Rule)


def heard_rule(bulletin: Bulletin) -> Rule:
    """The same without what lies behind its expiry."""
    return ended(rule_of(bulletin), bulletin.expires_on)


def unknown_words(bulletin: Bulletin) -> list[str]:
    """What the voice could not read with certainty, each once, in the order of the text."""
    found = (bulletin.reading or {}).get("unknown", [])
    return list(dict.fromkeys(each["token"] for each in found))
