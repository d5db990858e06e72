"""Upward: messages of other makers' boxes, found by topic and read as their profile says."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from controller.foreign import heard
from controller.foreign.adapters import own_mqtt
from controller.foreign.boxes import of_kind
from controller.model import BoxKind, ForeignBox


def status_topics(session: Session) -> dict[str, ForeignBox]:
    """Where boxes speak."""
    return {own_mqtt(box).status_topic: box for box in of_kind(session, BoxKind.MQTT)}


def take(session: Session, arrivals: Sequence[tuple[str, bytes]], now: datetime) -> list[str]:
    """Store messages, each a topic and a payload; what is wrong with each, "" when nothing is."""
    boxes = status_topics(session) if arrivals else {}
    return [
        _take(session, boxes[topic], payload, now) if topic in boxes else "no box speaks there"
        for topic, payload in arrivals
    ]


def _take(session: Session, box: ForeignBox, payload: bytes, now: datetime) -> str:
    try:
        with session.begin_nested():
            # PostgreSQL can hold no NUL
            said = own_mqtt(box).read(payload.replace(rb"\u0000", rb"\ufffd"))
            heard.there(session, box.station_id, now)
            heard.take(session, box, said, now)
    except (OperationalError, InterfaceError):
        raise  # of the database, not of the message
    except Exception as error:
        return str(error)
    return ""
