"""Call: what an operation knows of the request that it answers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from controller.permissions import Who


@dataclass(frozen=True, slots=True)
class Call:
    """`session` changes nothing in a GET, and is one transaction with the answer in a POST."""

    session: Session
    who: Who
    now: datetime
