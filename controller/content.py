"""What a bulletin's row holds, as values; and the hash of what people approve."""

import hashlib

import msgspec
import rfc8785

from contract.states import Class
from controller.drafts import Draft
from controller.model import Bulletin, BulletinKind, Field
from scheduler.rules import Rule


def content_hash(bulletin: Bulletin) -> str:
    """The sha256 of the canonical JSON (RFC 8785) of all that people will hear, where and when."""
    content = {
        "text": bulletin.text,
        "recording": bulletin.recording_sha256,
        "class": bulletin.cls,
        "targets": sorted(bulletin.targets),
        "rule": bulletin.rule,
    }
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
    )


def rule_of(bulletin: Bulletin) -> Rule:
    """When it is to be heard."""
    return msgspec.convert(bulletin.rule, Rule)


def unknown_words(bulletin: Bulletin) -> list[str]:
    """What the voice could not read with certainty, each once, in the order of the text."""
    found = (bulletin.reading or {}).get("unknown", [])
    return list(dict.fromkeys(each["token"] for each in found))
