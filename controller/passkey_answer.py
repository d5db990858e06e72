"""Passkey answer: what a device says to a challenge, and that it says it once."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import delete
from sqlalchemy.orm import Session
from webauthn.helpers.exceptions import WebAuthnException

from controller.model import SpentChallenge

ANSWERED_WITHIN = timedelta(minutes=5)
"""So long a challenge may be answered: a finger, a face, or a telephone fetched from a drawer."""

UNREADABLE = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError, IndexError)
"""What reading an answer raises when a device, or whoever plays one, says something else."""

LONGEST = 20_000  # characters of JSON: certificates of a maker are the most of it


class Told(Struct, frozen=True):
    """What a device is asked to sign, and what it answered, as JSON."""

    challenge: bytes
    answer: str


def fields(answer: str) -> dict[str, Any]:
    """The fields of an answer. Raises ValueError for what is no JSON object, or too long."""
    if len(answer) > LONGEST:
        raise ValueError
    return msgspec.json.decode(answer, type=dict[str, Any])


def spend(session: Session, challenge: bytes, now: datetime) -> bool:
    """Whether this challenge is answered for the first time; old ones are forgotten."""
    session.execute(
        delete(SpentChallenge).where(SpentChallenge.spent_at < now - 2 * ANSWERED_WITHIN)
    )
    challenge_hash = hashlib.sha256(challenge).hexdigest()
    if session.get(SpentChallenge, challenge_hash):
        return False
    session.add(SpentChallenge(challenge_hash=challenge_hash, spent_at=now))
    return True
