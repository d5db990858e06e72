"""Recordings become samples, exactly, from any sample on; other files are refused."""

import hashlib
import os
from pathlib import Path

import numpy as np
import pytest
from scipy.io import wavfile

from station_agent.player.decode import Decoding
from station_agent.player.errors import (
    DamagedError,
    HashError,
    UnreadableError,
    UnsupportedError,
)
from station_agent.player.verify import open_verified
from station_agent.player.wire import SAMPLE_RATE
from tests.station_agent.player.recordings import (
    Samples,
    likeness,
    speech_like,
    write_opus,
    write_wav,
)

SPEECH = speech_like(6.0)


def decoded(path: Path, offset: int = 0) -> Samples:
    with path.open("rb") as file, Decoding(file, offset) as recording:
        return np.concatenate([np.empty(0, np.float32), *recording.blocks()])


@pytest.fixture(scope="module")
def opus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_opus(tmp_path_factory.mktemp("opus") / "speech.opus", SPEECH)


def test_opus_has_every_sample_in_its_place(opus: Path) -> None:
    samples = decoded(opus)
    assert len(samples) == len(SPEECH)
    alike, lag = likeness(samples, SPEECH)
    assert lag == 0
    assert alike > 0.99


@pytest.mark.parametrize("offset", [0, 1, 311, 312, 960, 47_999, 48_001, 100_003, 250_000, 287_999])
def test_opus_from_an_offset_is_the_same_to_the_bit(opus: Path, offset: int) -> None:
    np.testing.assert_array_equal(decoded(opus, offset), decoded(opus)[offset:])


def test_the_length_is_known_before_it_is_decoded(opus: Path, tmp_path: Path) -> None:
    wav = write_wav(tmp_path / "a.wav", SPEECH)
    for path in (opus, wav):
        with path.open("rb") as file, Decoding(file, 0) as recording:
            assert recording.total_samples == len(SPEECH)


def test_an_offset_beyond_the_end_gives_nothing(opus: Path) -> None:
    assert len(decoded(opus, len(SPEECH) + 10)) == 0


@pytest.mark.parametrize("offset", [0, 70_001])
def test_wav_is_read_as_it_is(tmp_path: Path, offset: int) -> None:
    path = write_wav(tmp_path / "a.wav", SPEECH)
    np.testing.assert_allclose(decoded(path, offset), SPEECH[offset:], atol=1 / 32_000)


@pytest.mark.parametrize("kind", ["<i2", "<i4", "<f4"])
def test_two_channels_become_their_mean(tmp_path: Path, kind: str) -> None:
    scale = np.iinfo(kind).max if kind != "<f4" else 1
    stereo = np.stack([np.full(5000, 0.5 * scale), np.full(5000, -0.25 * scale)], axis=1)
    wavfile.write(tmp_path / "s.wav", SAMPLE_RATE, stereo.astype(kind))
    np.testing.assert_allclose(decoded(tmp_path / "s.wav"), 0.125, atol=1e-4)


@pytest.mark.parametrize("start", [b"#EXTM3U\nfile:///etc/passwd\n", b"ID3\x04", b"fLaC", b""])
def test_other_kinds_of_file_are_refused(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "x.opus"
    path.write_bytes(start + b"\0" * 500)
    with pytest.raises(UnsupportedError):
        decoded(path)


def test_another_sample_rate_is_refused(tmp_path: Path) -> None:
    wavfile.write(tmp_path / "x.wav", 44_100, np.zeros(1000, "<i2"))
    with pytest.raises(UnsupportedError, match="44100"):
        decoded(tmp_path / "x.wav")


@pytest.mark.parametrize("start", [b"OggS", b"RIFF\xff\xff\xff\xffWAVE"])
def test_a_file_that_only_begins_like_a_recording_is_damaged(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(start + bytes(range(256)) * 20)
    with pytest.raises(DamagedError):
        decoded(path)


def test_only_the_approved_bytes_are_opened(opus: Path, tmp_path: Path) -> None:
    approved = hashlib.sha256(opus.read_bytes()).hexdigest()
    with open_verified(str(opus), approved) as file:
        assert file.tell() == 0
    changed = tmp_path / "changed.opus"
    changed.write_bytes(opus.read_bytes()[:-1] + b"?")
    with pytest.raises(HashError):
        open_verified(str(changed), approved)


def test_a_file_swapped_after_the_check_is_not_heard(opus: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.opus"
    path.write_bytes(opus.read_bytes())
    file = open_verified(str(path), hashlib.sha256(path.read_bytes()).hexdigest())
    (tmp_path / "other").write_bytes(b"OggS nothing of the kind")
    (tmp_path / "other").rename(path)
    with file, Decoding(file, 0) as recording:
        assert sum(map(len, recording.blocks())) == len(SPEECH)


def test_what_is_no_file_cannot_be_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "nowhere", tmp_path, tmp_path / "pipe", "a\0b"):
        with pytest.raises(UnreadableError):
            open_verified(str(path), "0" * 64)
