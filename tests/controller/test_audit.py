"""The audit chain shows every later hand."""

import threading

import pytest
from sqlalchemy import delete, update

from controller import audit
from controller.model import AuditLine, Fact
from controller.store import Store
from scheduler.calendar import ZONE
from tests.controller.village import NOW, settle


@pytest.fixture
def written(store: Store) -> Store:
    with store.writing() as session:
        officer = settle(session).officer
        for n in range(5):
            audit.record(session, officer, "test", "thing", str(n), now=NOW, after={"n": n})
        audit.record(session, None, "server", "thing", "5", now=NOW, before={"ngày": NOW})
    return store


def faults(store: Store) -> list[str]:
    with store.reading() as session:
        return audit.verify(session)


def test_an_untouched_chain_is_whole(written: Store) -> None:
    assert faults(written) == []


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (update(AuditLine).where(AuditLine.n == 3).values(action="other"), "dòng 3: nội dung"),
        (update(AuditLine).where(AuditLine.n == 3).values(after={"n": 9}), "dòng 3: nội dung"),
        (update(AuditLine).where(AuditLine.n == 3).values(hash="0" * 64), "dòng 4: không nối"),
        (delete(AuditLine).where(AuditLine.n == 3), "dòng 3: thiếu"),
        (delete(AuditLine).where(AuditLine.n == 6), "sau dòng 5: phần cuối"),
    ],
)
def test_a_hand_on_the_chain_is_seen(written: Store, change: object, seen: str) -> None:
    with written.writing() as session:
        session.execute(change)  # type: ignore[call-overload]  # a statement of either kind
    assert any(fault.startswith(seen) for fault in faults(written))


def test_what_is_rolled_back_was_never_said(written: Store) -> None:
    def fail() -> None:
        with written.writing() as session:
            audit.record(session, None, "x", "thing", "x", now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert faults(written) == []
    with written.reading() as session:
        assert session.get_one(Fact, audit.HEAD).value.startswith("6 ")


def test_writers_at_once_make_one_chain(written: Store) -> None:
    def write() -> None:
        for n in range(5):
            with written.writing() as session:
                audit.record(session, None, "x", "thing", str(n), now=NOW)

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults(written) == []
    with written.reading() as session:
        assert session.get_one(Fact, audit.HEAD).value.startswith("21 ")


def test_a_line_written_by_a_village_clock_is_whole_too(written: Store) -> None:
    with written.writing() as session:
        audit.record(session, None, "x", "thing", "x", now=NOW.astimezone(ZONE))
    assert faults(written) == []
