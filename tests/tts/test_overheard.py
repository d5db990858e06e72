"""A recording is measured while it is encoded: what was heard is what the file holds."""

from pathlib import Path

import av
import pytest

from tests.tts.tones import sine, write
from tts import opus
from tts.frames import decode
from tts.overheard import Tap, overheard


def samples(source: Path | Tap) -> list[bytes]:
    return [frame.to_ndarray().tobytes() for frame in decode(source)]


def test_the_listener_hears_exactly_what_the_file_holds(tmp_path: Path) -> None:
    sound, out = write(tmp_path / "tone.wav", sine(440, -20, 3)), tmp_path / "out.ogg"
    heard = overheard(lambda tap: opus.write(decode(sound), tap), samples, out)
    assert heard == samples(out)
    assert sum(map(len, heard)) > 0


def test_a_writer_that_fails_is_told_and_nobody_waits(tmp_path: Path) -> None:
    def fail(tap: Tap) -> None:
        tap.write(b"half a page")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        overheard(fail, lambda tap: tap.read(100), tmp_path / "out.ogg")


def test_a_listener_that_fails_is_told(tmp_path: Path) -> None:
    with pytest.raises(av.InvalidDataError):
        overheard(_write_no_sound, samples, tmp_path / "out.ogg")


def _write_no_sound(tap: Tap) -> None:
    tap.write(b"no sound at all")


def test_the_end_stays_the_end(tmp_path: Path) -> None:
    def listen(tap: Tap) -> list[bytes]:
        return [tap.read(2) for _ in range(5)]

    def three(tap: Tap) -> None:
        tap.write(b"abc")

    assert overheard(three, listen, tmp_path / "out") == [b"ab", b"c", b"", b"", b""]
