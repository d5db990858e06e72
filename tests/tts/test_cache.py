"""What was read once is not read again, unless anything of it would sound otherwise."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.tts.tones import sine, write
from tts import cache
from tts.craft import Craft, RecordedPart
from tts.speech import speak
from tts.wire import Rendered, Speak

TEXT = "Họp lúc 7h30."
PLAIN = Craft(chime=False)


class ReadAgain(Exception):
    """A voice was asked to read."""


class Office:
    """A controller that keeps what was rendered and asks for it again."""

    def __init__(self, folder: Path) -> None:
        self.cache, self.shelf, self.folder = folder / "cache", folder / "shelf", folder
        self.part = folder / "part.wav"

    def ask(self, text: str = TEXT, **changed: Any) -> Rendered:
        plain = {
            "out_dir": str(self.folder / "out"),
            "cache_dir": str(self.cache),
            "kept_dir": str(self.shelf),
            "craft": PLAIN,
            "recorded": (RecordedPart(str(self.part), "before"),),
        }
        return speak(Speak(text=text, **{**plain, **changed}))


@pytest.fixture(scope="module")
def notice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rendered]:
    """An office with one notice, as a folder to copy."""
    office = Office(tmp_path_factory.mktemp("office"))
    office.shelf.mkdir()
    write(office.part, sine(440, -20, 1))
    first = office.ask()
    cache.keep(first, office.cache)
    made = Path(first.recording.path)
    made.replace(office.shelf / made.name)
    return office.folder, first


@pytest.fixture
def first(notice: tuple[Path, Rendered]) -> Rendered:
    """How the notice was rendered."""
    return notice[1]


@pytest.fixture
def office(
    notice: tuple[Path, Rendered], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Office:
    """It has the notice, and nobody reads any more."""

    def refuse(*_: object) -> None:
        raise ReadAgain

    monkeypatch.setattr("tts.speech.perform", refuse)
    return Office(shutil.copytree(notice[0], tmp_path / "office"))


def test_an_unchanged_notice_is_not_read_again(office: Office, first: Rendered) -> None:
    again = office.ask()
    assert (first.cached, again.cached) == (False, True)
    assert Path(again.recording.path).read_bytes()
    assert (again.key, again.recording.sha256) == (first.key, first.recording.sha256)
    assert (again.waveform, again.reading) == (first.waveform, first.reading)


def test_another_writing_of_the_same_words_is_not_read_again(office: Office) -> None:
    again = office.ask("Họp lúc 7 giờ 30 phút.")
    assert again.cached
    assert again.reading is not None
    assert again.reading.text == "Họp lúc 7 giờ 30 phút."


CHANGES: dict[str, dict[str, Any]] = {
    "words": {"text": "Họp lúc 7h45."},
    "marks": {"text": "Họp, lúc 7h30."},
    "voice": {"voice": "vi-vn-x-south"},
    "pace": {"craft": Craft(chime=False, pace="slow")},
    "loudness": {"craft": Craft(chime=False, loudness="soft")},
    "chime": {"craft": Craft()},
    "repetition": {"craft": Craft(chime=False, repeat=True)},
    "identification": {"craft": Craft(chime=False, identification="Xã Suối Mây.")},
    "no recorded part": {"recorded": ()},
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_heard_otherwise_is_read_again(change: str, office: Office) -> None:
    with pytest.raises(ReadAgain):
        office.ask(**CHANGES[change])


def test_another_recorded_part_under_the_same_name_is_noticed(office: Office) -> None:
    write(office.part, sine(330, -20, 1))
    with pytest.raises(ReadAgain):
        office.ask()


def test_a_changed_program_reads_everything_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_program", lambda: "another")
    with pytest.raises(ReadAgain):
        office.ask()


def test_another_piper_is_another_program(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = cache._program.__wrapped__()
    monkeypatch.setattr(cache, "_piper", lambda: "another")
    assert cache._program.__wrapped__() != ours


def test_without_a_cache_nothing_is_looked_for(office: Office) -> None:
    with pytest.raises(ReadAgain):
        office.ask(cache_dir="")


@pytest.mark.parametrize("damage", ["no sound", "other sound", "no entry", "half an entry"])
def test_a_damaged_entry_is_none(damage: str, office: Office, first: Rendered) -> None:
    entry = office.cache / f"{first.key}.json"
    (sound,) = office.shelf.iterdir()
    match damage:
        case "no sound":
            sound.unlink()
        case "other sound":
            sound.write_bytes(b"other")
        case "no entry":
            entry.unlink()
        case _:
            entry.write_bytes(entry.read_bytes()[:50])
    with pytest.raises(ReadAgain):
        office.ask()
