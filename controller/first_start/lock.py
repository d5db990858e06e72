"""Lock: whether a server is still to be furnished, and by whom."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from controller.first_start.steps import Step
from controller.model import FirstStart, Person
from controller.model.first_start import ONLY


def is_furnished(session: Session) -> bool:
    """Whether everything works. Without people nothing does, nor before the first is done.

    A server whose people were made in another way, as the demonstration's are, has no first start.
    """
    row = session.get(FirstStart, ONLY)
    if row is not None:
        return row.done_at is not None
    return has_people(session)


def has_people(session: Session) -> bool:
    """Whether there is any account."""
    return session.scalars(select(Person.id).limit(1)).first() is not None


def underway(session: Session, person_id: str, *, lock: bool = False) -> FirstStart | None:
    """The first start that is this person's to go on with; None: it is done, or another's."""
    row = session.get(FirstStart, ONLY, with_for_update=lock)
    if row is None or row.done_at is not None or row.person_id != person_id:
        return None
    return row


def step_of(row: FirstStart) -> Step:
    """The furthest step that it has come to."""
    return Step(row.step)
