"""The power goes at any instant: nothing that was told, done or acknowledged is lost.

`CUTS=100 python -m pytest tests/power_cut` tries more of them.
"""

import os
import random
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from contract.messages import Recording
from contract.reports import OrderTaken
from station_agent.hardware.fm.coded.counter import Counter
from station_agent.journal import SqliteJournal
from station_agent.journal_port import Owed
from station_agent.records import Records
from station_agent.state import Memory
from tests.fakes.cut_disk import CutDisk
from tests.fakes.issuer import MORNING
from tests.fakes.media import MediaServer

ROOT = Path(__file__).resolve().parents[2]
CUTS = int(os.environ.get("CUTS", "6"))
SHORT, LONG = 5, 120  # acknowledged lines before the cut


def serve(media: MediaServer, count: int) -> tuple[Recording, ...]:
    found = []
    for _ in range(count):
        body = os.urandom(400_000)
        name = sha256(body).hexdigest()
        media.files[f"recordings/{name}"] = body
        one = Recording(
            sha256=name, path=f"recordings/{name}", size=len(body), samples=0, format="audio/ogg"
        )
        found.append(one)
    return tuple(found)


def write_until_cut(disk: CutDisk, media: MediaServer, lines: int, seed: int) -> list[str]:
    """What the writer said aloud before the power went; every second time kill -9 comes first."""
    recordings = msgspec.json.encode(serve(media, 4))
    command = [sys.executable, "-m", "tests.power_cut.writer", str(disk.root), media.url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        writer.stdin.write(recordings)
        writer.stdin.close()
        told = [writer.stdout.readline().decode().strip() for _ in range(lines)]
        if random.Random(seed).random() < 0.5:
            writer.kill()
        disk.cut()
        # what is said from here on does not count: an fsync that the cut overtakes may return
        # well on a file system that is shut down, and never does without mains
        writer.kill()
        writer.stdout.read()
    return [line for line in told if line]


def numbers(told: list[str], word: str) -> list[int]:
    return [int(line.split()[1]) for line in told if line.startswith(word)]


@pytest.mark.parametrize("seed", range(CUTS))
def test_what_was_told_before_the_power_went_is_there_when_it_is_back(
    disk: CutDisk, seed: int
) -> None:
    media = MediaServer()
    try:
        last_told = last_woken = 0
        for _ in range(2):  # the second life goes on where the first one was cut
            lines = random.Random(seed + 1).randint(SHORT, LONG)
            told = write_until_cut(disk, media, lines, seed)
            disk.mend()
            last_told = max([last_told, *numbers(told, "line")])
            last_woken = max([last_woken, *numbers(told, "woken")])

            journal = SqliteJournal(disk.root / "journal.db", MORNING)
            assert journal.damage == ""
            assert journal.last >= last_told
            assert journal.recall().highest == (1, journal.last)
            found = [line.n for line in journal.after(Owed(journal.id, 0))]
            assert found == list(range(1, len(found) + 1))
            journal.close()

            assert Counter(disk.root / "wake-counter").next() > last_woken
            for line in told:
                if line.startswith("held "):
                    name = line.split()[1]
                    body = (disk.root / "recordings" / name).read_bytes()
                    assert sha256(body).hexdigest() == name
        disk.check()
    finally:
        media.close()


def test_no_name_on_the_shelf_stands_for_half_a_recording(disk: CutDisk) -> None:
    media = MediaServer()
    try:
        write_until_cut(disk, media, 30, seed=1)
        disk.mend()
        for path in (disk.root / "recordings").iterdir():
            if path.suffix == "":
                assert sha256(path.read_bytes()).hexdigest() == path.name
    finally:
        media.close()


def test_without_synchronous_full_this_very_test_would_fail(disk: CutDisk) -> None:
    """The cut is real: with synchronous=NORMAL acknowledged lines are lost."""
    journal = SqliteJournal(disk.root / "journal.db", MORNING)
    os.sync()
    journal._db.execute("pragma synchronous = normal")
    for _ in range(50):
        journal.commit(Memory(), Memory(), [OrderTaken(order="o")], [], MORNING)
    disk.cut()
    told = journal.last
    try:
        journal.close()
    finally:
        disk.mend()
    again = SqliteJournal(disk.root / "journal.db", MORNING)
    assert again.last < told
    again.close()


def test_a_leaf_that_was_taken_over_survives_the_cut(disk: CutDisk) -> None:
    records = Records(disk.root / "journal.db", MORNING)
    records.commit(Memory(), Memory(highest=(1, 1)), [OrderTaken(order="a")], [], MORNING)
    records.begin_leaf(MORNING)
    records.commit(Memory(), Memory(highest=(1, 2)), [OrderTaken(order="b")], [], MORNING)
    assert records.mend(Memory(highest=(1, 2)), MORNING) is not None
    disk.cut()
    records.close()
    disk.mend()
    again = Records(disk.root / "journal.db", MORNING)
    assert again.recall().highest == (1, 2)
    owed = again.owed(1)
    assert owed is not None
    assert owed.journal != again.id
    assert len(again.after(owed)) == 1
    again.close()
