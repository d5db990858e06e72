"""A station's writing, in a process that is cut off: it says aloud what it may rely on, and only
then goes on. `python -m tests.power_cut.writer FOLDER MEDIA-URL` reads recordings from stdin.

| line | what is on the disk by then |
|---|---|
| `line N` | journal line N, and the anti-replay counter (1, N) |
| `held SHA` | the recording, whole |
| `woken N` | the counter of the radio's wake-up code |
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from contract.messages import Recording
from contract.reports import Trouble
from contract.settings import Secret
from station_agent.actions import Wanted
from station_agent.download import Media
from station_agent.errors import JournalError
from station_agent.events import RecordingFetched
from station_agent.hardware.fm.coded.counter import Counter
from station_agent.inputs import Inbox
from station_agent.journal import SqliteJournal
from station_agent.shelf import DiskShelf
from station_agent.state import Memory


def say(words: str) -> None:
    """Tell the test, at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main(root: Path, media_url: str) -> None:
    """Write until the disk fails."""
    recordings = msgspec.json.decode(sys.stdin.buffer.read(), type=tuple[Recording, ...])
    inbox = Inbox()
    media = Media(media_url, "suoi-may-01", Secret("bí mật"))
    shelf = DiskShelf(root / "recordings", media, inbox.put)
    shelf.start()
    shelf.want([Wanted(recording=one, spread_s=0.0) for one in recordings])
    counter = Counter(root / "wake-counter")
    journal = SqliteJournal(root / "journal.db", datetime.now(UTC))
    old = journal.recall()
    while True:
        new = Memory(highest=(1, journal.last + 1))
        line = Trouble(code="test", detail="x" * 300)
        journal.commit(old, new, [line], [], datetime.now(UTC))
        old = new
        say(f"line {journal.last}")
        if journal.last % 10 == 0:
            say(f"woken {counter.next()}")
        while not inbox.empty():
            event = inbox.get()
            if isinstance(event, RecordingFetched):
                say(f"held {event.sha256}")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), sys.argv[2])
    except (JournalError, OSError):
        sys.exit(0)  # the disk is gone: what was said aloud is what counts
