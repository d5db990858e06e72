"""The disk fills, turns read-only, breaks: the station lives on, and tells the truth about it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from contract import codec
from contract.reports import Ack, Ended, Report, Started, State, Trouble
from contract.states import Cause, Late
from station_agent.events import DiskFailed, DiskMended, RecordingFetched
from station_agent.journal import SqliteJournal
from station_agent.journal_port import Owed
from station_agent.records import Records
from station_agent.state import AgentState, Memory
from tests.fakes.box_world import Box
from tests.fakes.house import AT, SIREN, SOUND, House
from tests.fakes.issuer import MINUTE, MORNING, SECOND, STATION, Issuer

FULL = DiskFailed("database or disk is full")


@pytest.fixture
def box(issuer: Issuer) -> Box:
    found = Box(issuer)
    found.take(issuer.plan((issuer.item("a", AT, SOUND), SOUND)))
    return found


def test_nothing_scheduled_begins_without_a_durable_line(box: Box) -> None:
    box.tell(FULL)
    box.wait(10 * MINUTE)
    assert box.player.heard == []
    assert box.ended("a").cause is Cause.DISK
    assert [line.code for line in box.of(Trouble)] == ["disk"]


def test_what_sounds_when_the_disk_fails_goes_on_to_its_end(box: Box) -> None:
    box.wait_till(AT + 20 * SECOND)
    box.tell(FULL)
    box.wait(2 * MINUTE)
    assert box.ended("a").cause is Cause.FINISHED
    assert box.ended("a").played_samples == SOUND.samples


def test_an_emergency_sounds_on_a_dead_disk_and_its_all_clear_is_heard(box: Box) -> None:
    box.tell(FULL)
    box.issuer.now = box.now
    box.take(box.issuer.emergency("siren", SIREN, times=20))
    box.wait(20 * SECOND)
    assert [run.airing for run in box.heard("siren")] == ["siren"] * 2
    box.issuer.now = box.now
    box.take(box.issuer.all_clear("siren"))
    box.wait(SECOND)
    assert box.ended("siren").cause is Cause.CANCELLED
    assert [ack.refused for ack in box.answers[-2:]] == [None, None]


def test_a_plan_that_comes_meanwhile_is_obeyed_once_it_can_be_written(box: Box) -> None:
    box.tell(FULL)
    answered = len(box.answers)
    box.take(box.issuer.plan((box.issuer.item("b", AT + MINUTE, SOUND), SOUND)))
    box.take(box.issuer.set_volume(10))
    assert len(box.answers) == answered
    box.tell(DiskMended())
    assert box.state.plan is not None
    assert list(box.state.plan.airings) == ["b"]
    assert len(box.answers) == answered + 1
    box.wait(10 * MINUTE)
    assert box.ended("b").cause is Cause.FINISHED


def test_an_item_whose_time_is_not_over_when_the_disk_is_mended_still_sounds(
    issuer: Issuer,
) -> None:
    box = Box(issuer)
    item = issuer.item("a", AT, SOUND, late=Late.JOIN, late_limit_ms=30_000)
    box.take(issuer.plan((item, SOUND)))
    box.tell(FULL)
    box.wait_till(AT + 5 * SECOND)
    box.tell(DiskMended())
    box.wait(5 * MINUTE)
    assert box.ended("a").cause is Cause.FINISHED
    assert box.ended("a").played_samples == pytest.approx(54.7 * 48_000, abs=4_800)


def test_what_may_have_been_heard_before_the_journal_was_lost_gets_no_verdict(
    issuer: Issuer,
) -> None:
    box = Box(issuer)
    box.state = AgentState(
        station=STATION,
        trust=issuer.trust,
        default_volume=80,
        memory=Memory(lost_at=MORNING),
    )
    before = issuer.item("before", MORNING - 10 * SECOND, SOUND, late_limit_ms=60_000)
    box.take(issuer.plan((before, SOUND), (issuer.item("after", AT, SOUND), SOUND)))
    box.wait(10 * MINUTE)
    assert {line.airing for line in box.of(Ended)} == {"after"}


@pytest.fixture
def house(tmp_path: Path, issuer: Issuer) -> Iterator[House]:
    found = House(tmp_path / "journal.db", issuer)
    yield found
    found.records.close()


def test_a_full_disk_is_survived_told_and_healed_without_a_line_lost_or_doubled(
    house: House,
) -> None:
    house.run(house.take(house.issuer.stop()))
    durable = house.records.id
    house.fill()
    house.run(house.receipt(durable, house.records.last))
    house.run(RecordingFetched(SIREN.sha256), house.take(house.issuer.emergency("siren", SIREN)))
    assert house.begun() == ["siren-1"]
    assert house.records.unwritten
    leaf = house.link.reports()[-1]
    assert leaf.journal != durable
    kinds = [type(line.event) for line in leaf.lines]
    assert kinds[0] is Trouble
    assert Started in kinds
    state = codec.decode(State, house.link.of("state")[-2])
    assert state.troubles == ("disk",)
    house.run(house.receipt(leaf.journal, 2))
    house.free()
    house.pass_time(20)
    house.run()
    assert not house.records.unwritten
    strays = house.records.after(Owed(leaf.journal, 0))
    numbers = [line.n for line in strays]
    assert numbers == list(range(3, numbers[-1] + 1))
    assert strays[: len(leaf.lines) - 2] == leaf.lines[2:]
    house.run(house.receipt(leaf.journal, numbers[-1]))
    owed = house.records.owed(house.runtime._state.memory.through)
    assert owed is None or owed.journal == durable
    house.records.close()
    house.start()
    assert "siren" in house.records.recall().airings
    assert "e-siren" in house.records.recall().seen


def test_answers_go_out_from_memory_and_survive_the_mending(
    house: House,
) -> None:
    house.run()
    house.fill()
    house.link.deaf = True
    house.run(house.take(house.issuer.emergency("siren", SIREN)))
    assert codec.decode(Ack, house.link.of("ack")[-1]).of == "e-siren"
    house.free()
    house.pass_time(20)
    house.run()
    assert [ack.of for _, ack in house.records.answers()] == ["e-siren"]


def test_a_journal_that_breaks_under_way_is_begun_anew_with_all_that_is_remembered(
    house: House,
) -> None:
    house.run(house.take(house.issuer.plan((house.issuer.item("a", AT, SOUND), SOUND))))
    first = house.records.id
    house.records._book._db.close()  # type: ignore[union-attr]
    house.path.write_bytes(b"SQLite format 3\0" + os.urandom(8_000))
    for tail in ("-wal", "-shm"):
        house.path.with_name(house.path.name + tail).unlink(missing_ok=True)
    house.run(house.take(house.issuer.stop()))
    for _ in range(3):
        house.pass_time(20)
        house.run()
    assert not house.records.unwritten
    assert house.records.id != first
    anew = [line.event for line in house.records.after(Owed(house.records.id, 0))]
    assert {event.code for event in anew if isinstance(event, Trouble)} == {"journal"}
    house.records.close()
    house.start()
    memory = house.records.recall()
    assert memory.plan is not None
    assert memory.highest[0] == 1
    assert memory.lost_at is None or memory.lost_at == MORNING


def spoil(path: Path, table: str) -> None:
    """Overwrite the root page of a table, as a dying card does."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("pragma wal_checkpoint(truncate)")
        sql = "select rootpage from sqlite_schema where name = ?"
        (root,) = db.execute(sql, (table,)).fetchone()
        (size,) = db.execute("pragma page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(os.urandom(size))


def test_of_a_damaged_journal_memory_and_unreported_lines_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    book = SqliteJournal(path, MORNING)
    line = Trouble(code="test", detail="x")
    memory = Memory(highest=(3, 9), through=1)
    book.commit(Memory(), memory, [line] * 4, [], MORNING)
    name = book.id
    book.close()
    spoil(path, "answer")
    again = Records(path, MORNING)
    assert again.trouble
    assert again.id != name
    assert again.recall().highest == (3, 9)
    owed = again.owed(0)
    assert owed == Owed(name, 1)
    assert [found.n for found in again.after(owed)] == [2, 3, 4]
    again.stored(name, 4)
    assert again.owed(0) is None
    again.close()


def test_a_memory_of_which_a_part_is_lost_says_since_when_it_knows(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    book = SqliteJournal(path, MORNING)
    book.commit(Memory(), Memory(highest=(3, 9)), [], [], MORNING)
    book.close()
    spoil(path, "airing")
    again = Records(path, AT)
    assert again.recall().highest == (3, 9)
    assert again.recall().lost_at == AT
    again.close()


def test_a_line_that_rotted_does_not_hold_up_the_others(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    book = SqliteJournal(path, MORNING)
    book.commit(Memory(), Memory(), [Trouble(code="test", detail="x")] * 3, [], MORNING)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("update line set body = x'ff' where n = 2")
    found = book.after(Owed(book.id, 0))
    assert [line.n for line in found] == [1, 2, 3]
    assert isinstance(found[1].event, Trouble)
    assert found[1].event.code == "journal"
    book.close()


def test_a_station_that_cannot_open_its_journal_remembers_and_speaks(
    tmp_path: Path, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every SQLite file on the disk refuses writes at the start; a copy in memory is read."""
    house = House(tmp_path / "journal.db", issuer)
    house.run(house.take(issuer.plan((issuer.item("a", AT, SOUND), SOUND))))
    plan, journal = house.records.recall().plan, house.records.id
    house.records.close()
    with closing(sqlite3.connect(house.path)) as lock:
        lock.execute("pragma locking_mode = exclusive")
        lock.execute("begin exclusive")
        monkeypatch.setattr("station_agent.journal_file.BUSY_S", 0)
        house.start()
        assert house.records.unwritten
        assert house.records.recall().plan == plan
        assert house.records.id == journal
        house.run(RecordingFetched(SIREN.sha256), house.take(issuer.emergency("siren", SIREN)))
        assert house.begun() == ["siren-1"]
        assert codec.decode(Report, house.link.of("report")[0]).journal != journal
    house.pass_time(20)
    house.run()
    assert not house.records.unwritten
    assert house.records.id == journal
    house.records.close()
