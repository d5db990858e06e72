"""Whatever is written, the chain holds; whatever single thing is touched, the line is named."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from controller import audit
from controller.model import AuditLine
from controller.store import Store
from tests.controller.village import NOW

EXACT = 2**53 - 1  # I-JSON (RFC 7493 §2.2): what every reader of the chain reads alike
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-EXACT, EXACT)
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS
    | st.datetimes(timezones=st.just(UTC))
)
VALUES = st.recursive(PLAIN, lambda each: st.lists(each, max_size=3), max_leaves=4)
FACTS = st.none() | st.dictionaries(WORDS, VALUES, max_size=3)
WRITES = st.lists(st.tuples(WORDS, WORDS, FACTS, FACTS, st.integers(0, 10**9)), min_size=1)
LEAN = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

Write = tuple[str, str, dict[str, Any] | None, dict[str, Any] | None, int]


@contextmanager
def written(store: Store, writes: list[Write]) -> Iterator[Session]:
    """A chain of these, gone afterwards."""
    with store.writing() as session:
        for action, id_, before, after, ms in writes:
            now = NOW + timedelta(milliseconds=ms)
            audit.record(session, None, action, "thing", id_, now=now, before=before, after=after)
        yield session
        session.rollback()


def faults(session: Session) -> list[str]:
    session.expire_all()
    return audit.verify(session)


def names(found: list[str], *lines: int) -> bool:
    """Whether each of these lines is told of."""
    return all(any(f"dòng {line}:" in fault for fault in found) for line in lines)


@LEAN
@given(writes=WRITES)
def test_whatever_was_written_is_whole(sqlite_store: Store, writes: list[Write]) -> None:
    with written(sqlite_store, writes) as session:
        assert faults(session) == []


def other(value: Any) -> Any:
    """Something else of the same kind."""
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1)
    if isinstance(value, str):
        return value[:-1] if len(value) > 1 else f"{value}x"
    return {**(value or {}), "thêm": 1}


CONTENT = ("at", "action", "object_kind", "object_id", "before", "after", "previous", "hash")


@LEAN
@given(writes=WRITES, data=st.data(), column=st.sampled_from((*CONTENT, "person_id")))
def test_one_change_of_one_line_names_it(
    sqlite_store: Store, writes: list[Write], data: st.DataObject, column: str
) -> None:
    with written(sqlite_store, writes) as session:
        n = data.draw(st.integers(1, len(writes)))
        was = session.scalars(select(getattr(AuditLine, column)).where(AuditLine.n == n)).one()
        becomes = "someone" if column == "person_id" else other(was)
        session.execute(update(AuditLine).where(AuditLine.n == n).values({column: becomes}))
        assert names(faults(session), n)


@LEAN
@given(writes=WRITES, data=st.data())
def test_a_line_that_is_gone_is_named(
    sqlite_store: Store, writes: list[Write], data: st.DataObject
) -> None:
    with written(sqlite_store, writes) as session:
        n = data.draw(st.integers(1, len(writes)))
        session.execute(delete(AuditLine).where(AuditLine.n == n))
        found = faults(session)
        cut = f"sau dòng {n - 1}: phần cuối đã bị cắt hoặc thêm"
        assert found == [cut] if n == len(writes) else names(found, n)


@LEAN
@given(writes=WRITES, data=st.data())
def test_two_lines_in_each_others_place_are_named(
    sqlite_store: Store, writes: list[Write], data: st.DataObject
) -> None:
    assume(len(writes) > 1)
    with written(sqlite_store, writes) as session:
        n, m = sorted(data.draw(st.sets(st.integers(1, len(writes)), min_size=2, max_size=2)))
        for was, becomes in ((n, 0), (m, n), (0, m)):
            session.execute(update(AuditLine).where(AuditLine.n == was).values(n=becomes))
        assert names(faults(session), n, m)
