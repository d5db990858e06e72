"""Account: whoever shows the code becomes the first person of the server."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy.orm import Session

from controller import audit, entered, people, signing_in
from controller.errors import Invalid
from controller.first_start import code
from controller.first_start.steps import Step, after
from controller.model import FirstStart
from controller.model.first_start import ONLY
from controller.permissions import Who
from controller.store import Store
from scheduler.problem import Problem

COUNTED_AS = "first start"
"""Wrong codes are counted like wrong passwords; no login has a space."""


class Given(Struct, frozen=True, kw_only=True):
    """What was typed."""

    code: str
    name: str
    login: str
    password: str


def make(store: Store, given: Given, address: str, *, now: datetime) -> Who:
    """The first person, who may do nothing yet; the code is worth nothing any more.

    Raises TooManyFailures before anything is tried, Invalid, and WrongState when somebody was
    quicker.
    """
    signing_in.counted(store, COUNTED_AS, address, now)
    with store.reading() as session:
        if not code.opens(session.get(FirstStart, ONLY), given.code, now):
            raise Invalid([Problem("code", _REFUSED)])
    login = entered.line(given.login).casefold()
    hashed = people.first_password(login, given.name, given.password)
    with store.writing() as session:
        row = session.get(FirstStart, ONLY, with_for_update=True)
        if row is None or not code.opens(row, given.code, now):
            raise Invalid([Problem("code", _REFUSED)])
        made = people.first(session, login, given.name, hashed, [], now=now)
        row.code_hash, row.person_id, row.step = None, made.person_id, after(Step.ACCOUNT) or ""
        signing_in.forgive(session, COUNTED_AS, address)
        record(session, made, Step.ACCOUNT, now)
        return made


def record(session: Session, asking: Who, step: Step, now: datetime) -> None:
    """A line of the audit for a step that was taken."""
    audit.record(session, asking, f"first_start.{step}", "server", "first_start", now=now)


_REFUSED = (
    "Mã không đúng, đã dùng hoặc đã quá một giờ. Xem lại trên màn hình của máy chủ; "
    "lấy mã mới bằng lệnh python -m controller first-code."
)
