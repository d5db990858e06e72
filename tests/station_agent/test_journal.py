"""What the journal promises: numbers without gaps, all or nothing, and that it survives."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from contract.reports import Ack, Line, OrderTaken, Trouble
from station_agent.errors import JournalError
from station_agent.journal import KEPT_LINES, SqliteJournal
from station_agent.journal_port import Owed
from station_agent.state import Memory
from tests.fakes.box_world import Box
from tests.fakes.issuer import MINUTE, MORNING, SECOND, STATION, Issuer, recording

ROOT = Path(__file__).resolve().parents[2]
LINE = OrderTaken(order="o-1")
ACK = Ack(station=STATION, of="o-1", topic="t", at=MORNING)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


def write(journal: SqliteJournal, count: int) -> None:
    for _ in range(count):
        journal.commit(Memory(), Memory(), [LINE], [], MORNING)


def lines_of(journal: SqliteJournal, after: int) -> tuple[Line, ...]:
    return journal.after(Owed(journal.id, after))


def test_lines_are_numbered_from_one_without_gaps(path: Path) -> None:
    journal = SqliteJournal(path, MORNING)
    write(journal, 3)
    journal.close()
    again = SqliteJournal(path, MORNING)
    write(again, 2)
    assert [line.n for line in lines_of(again, 0)] == [1, 2, 3, 4, 5]
    assert [line.n for line in lines_of(again, 3)] == [4, 5]
    assert again.id == journal.id
    again.close()


def test_a_new_disk_is_a_new_journal(tmp_path: Path) -> None:
    first = SqliteJournal(tmp_path / "1.db", MORNING)
    second = SqliteJournal(tmp_path / "2.db", MORNING)
    assert first.id != second.id
    assert second.last == 0
    first.close()
    second.close()


def test_a_report_takes_a_hundred_lines(path: Path) -> None:
    journal = SqliteJournal(path, MORNING)
    journal.commit(Memory(), Memory(), [LINE] * 150, [], MORNING)
    assert len(lines_of(journal, 0)) == 100
    journal.close()


def test_an_answer_is_kept_until_the_broker_has_it(path: Path) -> None:
    journal = SqliteJournal(path, MORNING)
    journal.commit(Memory(), Memory(), [], [ACK, replace(ACK, of="o-2")], MORNING)
    ((number, first), _) = journal.answers()
    assert first == ACK
    journal.answered(number)
    assert [ack.of for _, ack in journal.answers()] == ["o-2"]
    journal.close()


def test_the_memory_of_a_lived_life_comes_back_as_it_was(path: Path, issuer: Issuer) -> None:
    box = Box(issuer)
    sound = recording("tin", 60)
    box.take(issuer.plan((issuer.item("a", MORNING + 5 * SECOND, sound), sound)))
    box.take(issuer.set_volume(30))
    box.take(issuer.cancel("b"))
    box.wait(20 * SECOND)
    box.take(issuer.emergency("e", sound))
    box.wait(SECOND)
    journal = SqliteJournal(path, MORNING)
    journal.commit(Memory(), box.state.memory, [], [], MORNING)
    assert journal.recall() == box.state.memory
    box.wait(2 * MINUTE)
    journal.commit(journal.recall(), box.state.memory, [], [], MORNING)
    journal.close()
    again = SqliteJournal(path, MORNING)
    assert again.recall() == box.state.memory
    again.close()


def test_what_is_forgotten_leaves_the_disk(path: Path) -> None:
    journal = SqliteJournal(path, MORNING)
    old = Memory(barred={"o-1": MORNING, "o-2": MORNING})
    journal.commit(Memory(), old, [], [], MORNING)
    journal.commit(old, Memory(barred={"o-2": MORNING + timedelta(1)}), [], [], MORNING)
    assert journal.recall().barred == {"o-2": MORNING + timedelta(1)}
    journal.close()


def test_a_commit_that_fails_leaves_nothing_behind(path: Path) -> None:
    journal = SqliteJournal(path, MORNING)
    write(journal, 1)
    other = SqliteJournal(path, MORNING)
    write(other, 1)  # another agent on the same disk: the number 2 is taken
    with pytest.raises(JournalError):
        journal.commit(Memory(), Memory(highest=(9, 9)), [LINE], [ACK], MORNING)
    assert journal.recall().highest == (0, 0)
    assert journal.answers() == []
    journal.close()
    other.close()


def test_old_lines_that_the_server_has_are_let_go_and_numbers_go_on(path: Path) -> None:
    journal = SqliteJournal(path, MORNING)
    count = KEPT_LINES + 500
    journal.commit(Memory(), Memory(), [LINE] * count, [], MORNING)
    journal.commit(Memory(), Memory(through=count), [], [], MORNING)
    journal.close()
    again = SqliteJournal(path, MORNING)
    assert lines_of(again, 0)[0].n == 501
    write(again, 1)
    assert again.last == count + 1
    again.close()


def test_a_damaged_journal_is_put_aside_and_a_new_one_begun(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5_000)
    journal = SqliteJournal(path, MORNING)
    write(journal, 1)
    assert path.with_suffix(".damaged").exists()
    assert journal.last == 1
    journal.close()


def test_a_journal_that_cannot_be_opened_now_is_left_where_it_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("station_agent.journal_file.BUSY_S", 0)
    SqliteJournal(path, MORNING).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("pragma locking_mode = exclusive")
        other.execute("begin exclusive")
        with pytest.raises(JournalError):
            SqliteJournal(path, MORNING)
    assert not path.with_suffix(".damaged").exists()


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from contract.reports import Trouble
from station_agent.journal import SqliteJournal
from station_agent.state import Memory
journal = SqliteJournal(Path(sys.argv[1]), datetime.now(UTC))
old = journal.recall()
while True:
    new = Memory(highest=(1, journal.last + 1))
    line = Trouble(code="test", detail="x" * 500)
    journal.commit(old, new, [line], [], datetime.now(UTC))
    old = new
    print(journal.last, flush=True)
"""


@pytest.mark.parametrize("commits", [1, 7, 40])
def test_what_was_committed_survives_kill_9(path: Path, commits: int) -> None:
    for _ in range(3):
        command = [sys.executable, "-c", WRITER, str(path)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            told = [int(writer.stdout.readline()) for _ in range(commits)]
            writer.send_signal(signal.SIGKILL)
        journal = SqliteJournal(path, MORNING)
        assert journal.last >= told[-1]
        assert journal.recall().highest == (1, journal.last)  # memory and line are one
        lines = lines_of(journal, 0)
        assert [line.n for line in lines] == list(range(1, len(lines) + 1))
        assert all(isinstance(line.event, Trouble) for line in lines)
        journal.close()
