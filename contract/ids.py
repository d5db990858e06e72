"""Names of things: time-ordered ids inside, short readable codes for stations."""

import os
import re
from datetime import datetime
from typing import NewType
from uuid import UUID

StationId = NewType("StationId", str)  # short readable code, also MQTT user name and client id
AreaId = NewType("AreaId", str)
AiringId = NewType("AiringId", str)
BulletinId = NewType("BulletinId", str)

TOPIC_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
"""What may stand between two slashes of a topic: 1-40 characters, no wildcard, no upper case."""


def is_topic_name(text: str) -> bool:
    """Whether `text` can be a level of a topic (and so a station's or an area's id)."""
    return TOPIC_NAME.fullmatch(text) is not None


def new_id(now: datetime) -> str:
    """A UUIDv7 (RFC 9562 §5.7): sorts by the time it was made. `now` must be aware."""
    if now.tzinfo is None:
        raise ValueError("new_id needs an aware datetime")
    unix_ms = int(now.timestamp() * 1000)
    tail = int.from_bytes(os.urandom(10), "big")
    value = (unix_ms & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | (tail >> 68 & 0xFFF) << 64
    value |= 0b10 << 62 | tail & (1 << 62) - 1
    return str(UUID(int=value))
