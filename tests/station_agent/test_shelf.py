"""Recordings come whole or not at all, however often the transfer breaks."""

import errno
import os
import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from contract.messages import Recording
from contract.settings import Secret
from station_agent.actions import Wanted
from station_agent.download import Media
from station_agent.errors import FetchError, NoRoom, WrongBytes
from station_agent.events import FetchFailed, RecordingCleared, RecordingFetched, RecordingSpoilt
from station_agent.inputs import Input
from station_agent.retry import wait_s
from station_agent.room import least_important_first, make_room
from station_agent.shelf import DiskShelf
from tests.fakes.media import MediaServer

Make = Callable[[], DiskShelf]


class Heard:
    """What a shelf says."""

    def __init__(self) -> None:
        self.inbox: SimpleQueue[Input] = SimpleQueue()
        self.failures = 0

    def next(self) -> Input:
        return self.inbox.get(timeout=20)

    def fetched(self) -> str:
        """The next recording that arrives; failures before it are counted."""
        while not isinstance(event := self.next(), RecordingFetched):
            assert isinstance(event, FetchFailed), event
            self.failures += 1
        return event.sha256


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def make(tmp_path: Path, media: MediaServer, heard: Heard) -> Iterator[Make]:
    made: list[DiskShelf] = []

    def build() -> DiskShelf:
        source = Media(media.url, "suoi-may-01", Secret("bí mật"))
        made.append(DiskShelf(tmp_path / "shelf", source, heard.inbox.put, 0, lambda *_: 0.05))
        return made[-1]

    yield build
    for shelf in made:
        shelf.stop()


def put(media: MediaServer, body: bytes, name: str = "") -> Recording:
    digest = sha256(body).hexdigest()
    path = f"recordings/{name or digest}"
    media.files[path] = body
    return Recording(sha256=digest, path=path, size=len(body), samples=0, format="audio/ogg")


def now(*recordings: Recording) -> list[Wanted]:
    return [Wanted(recording=one, spread_s=0.0) for one in recordings]


def test_a_recording_is_fetched_checked_and_named_by_its_hash(
    make: Make, media: MediaServer, heard: Heard
) -> None:
    sound, shelf = put(media, os.urandom(300_000)), make()
    shelf.start()
    shelf.want(now(sound))
    assert heard.fetched() == sound.sha256
    assert sha256(shelf.path(sound.sha256).read_bytes()).hexdigest() == sound.sha256
    assert shelf.held() == {sound.sha256}
    assert media.requests[0][1]["Authorization"].startswith("Basic ")


def test_a_broken_transfer_goes_on_where_it_stopped(
    make: Make, media: MediaServer, heard: Heard
) -> None:
    body = os.urandom(500_000)
    sound, shelf = put(media, body), make()
    media.cut_after = [200_000, 100_000]
    shelf.start()
    shelf.want(now(sound))
    assert heard.fetched() == sound.sha256
    asked = [headers.get("Range") for _, headers in media.requests]
    assert asked == [None, "bytes=200000-", "bytes=300000-"]
    assert "If-Range" in media.requests[1][1]
    assert heard.failures == 2


def test_a_transfer_goes_on_after_a_restart_of_the_agent(
    make: Make, media: MediaServer, heard: Heard
) -> None:
    sound, shelf = put(media, os.urandom(400_000)), make()
    media.cut_after, media.statuses = [300_000], []
    shelf.start()
    shelf.want(now(sound))
    assert isinstance(heard.next(), FetchFailed)
    shelf.stop()
    again = make()
    media.requests.clear()
    again.start()
    again.want(now(sound))
    assert heard.fetched() == sound.sha256


def test_a_recording_that_changed_on_the_server_is_fetched_anew(
    make: Make, media: MediaServer, heard: Heard
) -> None:
    """A server that promises one file and holds another never fills the shelf with it."""
    good = os.urandom(200_000)
    sound, shelf = put(media, good), make()
    media.files[sound.path] = os.urandom(200_000)
    shelf.start()
    shelf.want(now(sound))
    failed = heard.next()
    assert isinstance(failed, FetchFailed)
    assert "sha256" in failed.detail
    assert shelf.held() == frozenset()
    media.files[sound.path] = good
    assert heard.fetched() == sound.sha256


def test_a_file_longer_than_promised_is_not_taken(
    make: Make, media: MediaServer, heard: Heard, tmp_path: Path
) -> None:
    sound, shelf = put(media, b"short"), make()
    media.files[sound.path] = bytes(5_000_000)
    shelf.start()
    shelf.want(now(sound))
    assert isinstance(heard.next(), FetchFailed)
    parts = [path.stat().st_size for path in (tmp_path / "shelf").iterdir()]
    assert sum(parts) < 200_000


@pytest.mark.parametrize("status", [401, 404, 416, 503])
def test_a_server_that_says_no_is_asked_again(
    make: Make, media: MediaServer, heard: Heard, status: int
) -> None:
    sound, shelf = put(media, b"tin"), make()
    media.statuses = [status]
    shelf.start()
    shelf.want(now(sound))
    failed = heard.next()
    assert isinstance(failed, FetchFailed)
    assert str(status) in failed.detail
    assert heard.fetched() == sound.sha256


def test_one_that_cannot_be_fetched_does_not_hold_up_the_others(
    make: Make, media: MediaServer, heard: Heard
) -> None:
    missing, sound, shelf = put(media, b"gone"), put(media, b"here"), make()
    del media.files[missing.path]
    shelf.start()
    shelf.want(now(missing, sound))
    assert heard.fetched() == sound.sha256


def test_an_emergency_is_fetched_before_what_is_on_its_way(
    make: Make, media: MediaServer, heard: Heard
) -> None:
    plain, siren, shelf = put(media, b"tin"), put(media, b"siren"), make()
    shelf.start()
    shelf.want([Wanted(recording=plain, spread_s=3_600.0)])
    shelf.want([*now(siren), Wanted(recording=plain, spread_s=3_600.0)])
    assert heard.fetched() == siren.sha256


def test_a_recording_corrupted_on_the_disk_is_found_and_fetched_again(
    make: Make, media: MediaServer, heard: Heard
) -> None:
    sound, shelf = put(media, os.urandom(100_000)), make()
    shelf.path(sound.sha256).write_bytes(os.urandom(100_000))
    shelf.start()
    shelf.want(now(sound))
    spoilt = heard.next()
    assert isinstance(spoilt, RecordingSpoilt)
    assert spoilt.sha256 == sound.sha256
    assert heard.fetched() == sound.sha256


def test_what_is_dropped_is_fetched_again(make: Make, media: MediaServer, heard: Heard) -> None:
    sound, shelf = put(media, b"tin"), make()
    shelf.start()
    shelf.want(now(sound))
    heard.fetched()
    shelf.drop(sound.sha256)
    shelf.want(now(sound))
    assert heard.fetched() == sound.sha256


def test_a_recording_larger_than_the_disk_is_told_and_stops_nothing_else(
    make: Make, media: MediaServer, heard: Heard
) -> None:
    sound = put(media, b"tin")
    huge = Recording(
        sha256="0" * 64, path="recordings/huge", size=1 << 60, samples=0, format="audio/ogg"
    )
    shelf = make()
    shelf.start()
    shelf.want([Wanted(recording=huge, spread_s=0.001), *now(sound)])
    told = [heard.next()]
    while not isinstance(told[-1], RecordingFetched):
        told.append(heard.next())
    while not any(isinstance(one, FetchFailed) for one in told):
        told.append(heard.next())
    (failed,) = {one.detail for one in told if isinstance(one, FetchFailed)}
    assert "lớn hơn cả ổ đĩa" in failed
    assert len(media.requests) == 1


def test_a_server_without_ranges_sends_the_whole_again(
    make: Make, media: MediaServer, heard: Heard
) -> None:
    sound, shelf = put(media, os.urandom(300_000)), make()
    media.cut_after, media.ranges = [200_000], False
    shelf.start()
    shelf.want(now(sound))
    assert heard.fetched() == sound.sha256
    assert shelf.path(sound.sha256).stat().st_size == sound.size


def test_a_file_that_changes_between_two_halves_is_fetched_from_its_beginning(
    make: Make, media: MediaServer, heard: Heard
) -> None:
    good = os.urandom(300_000)
    sound, shelf = put(media, good), make()
    media.files[sound.path] = os.urandom(300_000)
    media.cut_after = [200_000]
    shelf.start()
    shelf.want(now(sound))
    assert isinstance(heard.next(), FetchFailed)
    media.files[sound.path] = good
    assert heard.fetched() == sound.sha256


def test_a_siren_breaks_into_a_download_that_goes_on_afterwards(
    make: Make, media: MediaServer, heard: Heard
) -> None:
    plain, siren = put(media, os.urandom(8_000_000)), put(media, b"siren")
    shelf = make()
    shelf.start()
    shelf.want([Wanted(recording=plain, spread_s=0.001)])
    while not list(shelf.path("x").parent.glob("*.part")):
        threading.Event().wait(0.001)
    shelf.want([*now(siren), Wanted(recording=plain, spread_s=0.001)])
    assert heard.fetched() == siren.sha256
    assert heard.fetched() == plain.sha256


def test_a_disk_that_takes_nothing_is_told_as_such(
    make: Make, media: MediaServer, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """/dev/full takes the place of the part: every write to it says ENOSPC."""
    sound, shelf = put(media, os.urandom(100_000)), make()
    shelf.path(f"{sound.sha256}.part").symlink_to("/dev/full")
    shelf.start()
    shelf.want(now(sound))
    failed = heard.next()
    assert isinstance(failed, FetchFailed)
    assert "Ổ đĩa không ghi được" in failed.detail
    shelf.path(f"{sound.sha256}.part").unlink()
    assert heard.fetched() == sound.sha256


def test_what_could_not_be_made_lasting_is_fetched_again(
    make: Make, media: MediaServer, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound, shelf = put(media, os.urandom(100_000)), make()
    true_fsync, left = os.fsync, [1]

    def fsync(descriptor: int) -> None:
        if left:
            left.pop()
            raise OSError(errno.EIO, "Input/output error")
        true_fsync(descriptor)

    monkeypatch.setattr("station_agent.shelf.os.fsync", fsync)
    shelf.start()
    shelf.want(now(sound))
    assert heard.fetched() == sound.sha256
    assert len(media.requests) == 2


def test_wrong_bytes_and_full_disks_are_asked_for_ever_more_seldom_up_to_an_hour() -> None:
    for error in (WrongBytes("x"), NoRoom("x"), OSError(errno.EROFS, "x")):
        assert [wait_s(error, n) for n in (0, 1, 2, 3, 4, 900)] == [30, 120, 480, 1920, 3600, 3600]
    assert [wait_s(FetchError("x"), n) for n in (0, 1, 4, 5, 900)] == [1, 2, 16, 30, 30]


def test_what_failed_is_not_asked_for_anew_because_something_else_is_wanted(
    media: MediaServer, heard: Heard, tmp_path: Path
) -> None:
    source = Media(media.url, "suoi-may-01", Secret("bí mật"))
    shelf = DiskShelf(tmp_path / "shelf", source, heard.inbox.put)
    wrong, sound = put(media, b"wrong"), put(media, b"tin")
    media.files[wrong.path] = b"WRONG"
    shelf.start()
    shelf.want([Wanted(recording=wrong, spread_s=0.001)])
    assert isinstance(heard.next(), FetchFailed)
    shelf.want([Wanted(recording=wrong, spread_s=0.001), *now(sound)])
    assert heard.fetched() == sound.sha256
    assert [path.rpartition("/")[2] for path, _ in media.requests].count(wrong.sha256) == 1
    shelf.stop()


def a_file(root: Path, name: str, age_s: int, size: int = 100) -> Recording:
    digest = sha256(name.encode()).hexdigest()
    (root / digest).write_bytes(bytes(size))
    os.utime(root / digest, (1e9 - age_s, 1e9 - age_s))
    return Recording(sha256=digest, path=name, size=size, samples=0, format="audio/ogg")


def test_the_oldest_unneeded_goes_first_and_what_is_wanted_sooner_stays(tmp_path: Path) -> None:
    old, new = a_file(tmp_path, "old", 900), a_file(tmp_path, "new", 100)
    sooner, later, last = (a_file(tmp_path, name, 5_000) for name in ("sooner", "later", "last"))
    needed = replace(new, sha256="f" * 64)
    wanted = now(sooner, needed, later, last)
    going = least_important_first(list(tmp_path.iterdir()), wanted, needed)
    assert [path.name for path in going] == [one.sha256 for one in (old, new, last, later)]


def test_only_as_much_goes_as_is_needed_and_the_reserve_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recordings = [a_file(tmp_path, f"{n}", 1_000 - n) for n in range(6)]
    disk = 1_000

    def usage(root: Path) -> SimpleNamespace:
        used = sum(path.stat().st_size for path in root.iterdir())
        return SimpleNamespace(free=disk - used, total=disk)

    monkeypatch.setattr("station_agent.room.shutil.disk_usage", usage)
    needed = replace(recordings[0], sha256="f" * 64, size=350)
    gone = list(make_room(tmp_path, now(needed), needed, 200))
    assert [path.name for path in gone] == [one.sha256 for one in recordings[:2]]
    with pytest.raises(NoRoom, match="gần đầy"):
        list(make_room(tmp_path, now(*recordings, needed), replace(needed, size=700), 200))
    with pytest.raises(NoRoom, match="lớn hơn"):
        list(make_room(tmp_path, now(needed), replace(needed, size=900), 200))


def test_what_made_room_is_told(
    make: Make, media: MediaServer, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, sound, shelf = put(media, b"old"), put(media, b"new"), make()
    shelf.path(old.sha256).write_bytes(b"old")

    def usage(folder: Path) -> SimpleNamespace:
        return SimpleNamespace(free=0 if any(folder.iterdir()) else 1 << 40, total=1 << 41)

    monkeypatch.setattr("station_agent.room.shutil.disk_usage", usage)
    shelf.start()
    shelf.want(now(sound))
    assert heard.next() == RecordingCleared(old.sha256)
    assert heard.fetched() == sound.sha256


def test_a_spoilt_recording_on_a_disk_that_cannot_be_written_is_told(
    make: Make, media: MediaServer, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unlink(path: Path, *, missing_ok: bool = False) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    sound, shelf = put(media, b"tin"), make()
    shelf.path(sound.sha256).write_bytes(b"rot")
    monkeypatch.setattr(Path, "unlink", unlink)
    shelf.drop(sound.sha256)
    shelf.start()
    shelf.want(now(sound))
    assert isinstance(heard.next(), RecordingSpoilt)
    assert isinstance(heard.next(), FetchFailed)
