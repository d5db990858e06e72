"""Sounds on disk, each under its sha256."""

import hashlib
from io import BytesIO
from pathlib import Path

import pytest

from controller.media.disk import DiskMedia


def test_an_original_is_kept_as_it_came_and_once(tmp_path: Path) -> None:
    media = DiskMedia(tmp_path)
    sound = b"RIFF" * 1_000_000
    first, second = media.keep_original(BytesIO(sound)), media.keep_original(BytesIO(sound))
    assert first == second == hashlib.sha256(sound).hexdigest()
    assert media.original(first).read_bytes() == sound
    assert [file.name for file in (tmp_path / "originals").iterdir()] == [first]


def test_an_upload_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    class Broken(BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise ConnectionResetError

    media = DiskMedia(tmp_path)
    with pytest.raises(ConnectionResetError):
        media.keep_original(Broken())
    assert list((tmp_path / "originals").iterdir()) == []


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0" * 64, "A" * 64, "0" * 64 + "\n"])
def test_nothing_but_what_was_kept_is_found(tmp_path: Path, name: str) -> None:
    media = DiskMedia(tmp_path)
    for find in (media.original, media.recording):
        with pytest.raises(FileNotFoundError):
            find(name)
