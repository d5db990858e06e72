"""Recordings come whole or not at all, however often the transfer breaks."""

import os
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue
from types import SimpleNamespace

import pytest

from contract.messages import Recording
from contract.settings import Secret
from station_agent.actions import Wanted
from station_agent.download import Media
from station_agent.events import FetchFailed, RecordingCleared, RecordingFetched, RecordingSpoilt
from station_agent.inputs import Input
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
        made.append(DiskShelf(tmp_path / "shelf", source, heard.inbox.put, retry_first_s=0.05))
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


def test_what_nothing_wants_any_more_makes_room_when_the_disk_is_full(
    make: Make, media: MediaServer, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, sound, shelf = put(media, b"old"), put(media, b"new"), make()
    (shelf.path(old.sha256)).write_bytes(b"old")
    shelf.path(old.sha256).with_suffix(".part").write_bytes(b"of one that was taken back")

    def usage(folder: Path) -> SimpleNamespace:
        return SimpleNamespace(free=0 if any(folder.iterdir()) else 1 << 40)

    monkeypatch.setattr("station_agent.download.shutil.disk_usage", usage)
    shelf.start()
    shelf.want(now(sound))
    assert heard.next() == RecordingCleared(old.sha256)
    assert heard.fetched() == sound.sha256


def test_a_full_disk_stops_downloads_only(make: Make, media: MediaServer, heard: Heard) -> None:
    sound = put(media, b"tin")
    huge = Recording(
        sha256="0" * 64, path="recordings/huge", size=1 << 60, samples=0, format="audio/ogg"
    )
    shelf = make()
    shelf.start()
    shelf.want(now(huge, sound))
    failed = heard.next()
    assert isinstance(failed, FetchFailed)
    assert "Đĩa" in failed.detail
    assert heard.fetched() == sound.sha256
