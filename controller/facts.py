"""Facts: the server's epoch and the number of its last signed message."""

from datetime import datetime

from sqlalchemy.orm import Session

from controller import audit
from controller.model import Fact

EPOCH = "epoch"
SEQUENCE = "sequence"


def epoch(session: Session) -> int:
    """Which life of the database this is; 1 until a backup was restored."""
    row = session.get(Fact, EPOCH)
    return int(row.value) if row else 1


def raise_epoch(session: Session, now: datetime) -> int:
    """Call after restoring a backup: stations hold plans that the backup does not know.

    Every plan is made again in the new epoch, so that none is refused as stale.
    """
    raised = epoch(session) + 1
    session.merge(Fact(name=EPOCH, value=str(raised)))
    audit.record(session, None, "epoch.raise", "server", EPOCH, after={"epoch": raised}, now=now)
    return raised


def next_seq(session: Session) -> int:
    """The number for the next signed message of this server; goes up by one each time."""
    row = session.get(Fact, SEQUENCE, with_for_update=True)
    if row is None:
        row = Fact(name=SEQUENCE, value="0")
        session.add(row)
    row.value = str(int(row.value) + 1)
    session.flush()
    return int(row.value)
