"""What was read before is not read again."""

import shutil
from pathlib import Path

import pytest

from controller.media.disk import DiskMedia
from controller.ports import Speech, Voiced
from controller.voice.process import ProcessVoice
from tts.craft import Craft

NOTICE = Speech(text="Tối nay họp thôn lúc 7h30.")


class Office:
    """A voice over a disk, and how often its engine was asked."""

    def __init__(self, folder: Path, asked: Path) -> None:
        self.media, self._asked, self._folder = DiskMedia(folder), asked, folder

    def read(self, speech: Speech = NOTICE) -> Voiced:
        voice = ProcessVoice(self.media.recordings, default="espeak", cache_dir=self.media.renders)
        return voice.speak(speech, self._folder / "progress" / "a")

    @property
    def asked(self) -> int:
        return len(self._asked.read_text())


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Before the real espeak-ng stands one that counts what it reads."""
    asked = tmp_path / "asked"
    asked.touch()
    found = shutil.which("espeak-ng")
    program = tmp_path / "bin" / "espeak-ng"
    program.parent.mkdir()
    reads = f'case "$*" in *--stdin*) printf x >> {asked} ;; esac'
    program.write_text(f'#!/bin/sh\n{reads}\nexec {found} "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return Office(tmp_path / "media", asked)


def test_an_unchanged_notice_is_not_read_again(office: Office) -> None:
    first = office.read()
    asked = office.asked
    assert asked > 0
    assert office.read() == first
    assert office.asked == asked
    assert office.media.recording(first.sha256).is_file()


def test_another_craft_is_another_reading(office: Office) -> None:
    first, asked = office.read(), office.asked
    slow = office.read(Speech(text=NOTICE.text, craft=Craft(pace="slow")))
    assert slow.sha256 != first.sha256
    assert office.asked > asked


def test_a_note_goes_with_its_recording(office: Office) -> None:
    first, asked = office.read(), office.asked
    office.media.recording(first.sha256).unlink()
    ProcessVoice(office.media.recordings, default="espeak", cache_dir=office.media.renders)
    assert list(office.media.renders.iterdir()) == []
    assert office.read().sha256 == first.sha256
    assert office.asked == 2 * asked


def test_what_is_damaged_is_read_again(office: Office) -> None:
    first, asked = office.read(), office.asked
    office.media.recording(first.sha256).write_bytes(b"OggS")
    assert office.read() == first
    assert office.media.recording(first.sha256).stat().st_size == first.size
    assert office.asked == 2 * asked
    (note,) = office.media.renders.glob("*.json")
    note.write_bytes(b"{")
    assert office.read() == first
    assert office.asked == 3 * asked
