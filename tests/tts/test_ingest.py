"""Uploads: good ones are taken whole, bad ones are refused with a reason, none does harm."""

from pathlib import Path

import numpy as np
import pytest

from tests.tts import hostile, tones
from tts import ingest
from tts.errors import UploadRefused
from tts.gate import admit
from tts.refusals import Refusal
from tts.speech import take
from tts.wire import Take

FORMS = {
    "phone.mp3": ("mp3", "libmp3lame"),
    "phone.m4a": ("ipod", "aac"),
    "browser.webm": ("webm", "libopus"),
    "browser.ogg": ("ogg", "libopus"),
    "archive.flac": ("flac", "flac"),
    "studio.wav": ("wav", "pcm_s24le"),
    "old.wma": ("asf", "wmav2"),
    "raw.aac": ("adts", "aac"),
}


def refusal_of(upload: Path) -> str:
    with pytest.raises(UploadRefused) as caught:
        ingest.decode(upload, upload.with_suffix(".decoded"))
    assert str(caught.value) == ingest.SENTENCES[Refusal(caught.value.code)]
    return caught.value.code


@pytest.mark.parametrize("name", FORMS)
def test_every_common_form_is_taken(name: str, tmp_path: Path) -> None:
    upload = hostile.encode(tmp_path / name, hostile.speech(3), *FORMS[name])
    cautions = ingest.decode(upload, tmp_path / "out.wav")
    assert cautions == ()
    # Encoders pad at both ends; nobody hears a tenth of a second of it.
    assert len(tones.read(tmp_path / "out.wav")) / tones.RATE_HZ == pytest.approx(3, abs=0.1)


def test_the_name_of_an_upload_means_nothing(tmp_path: Path) -> None:
    upload = hostile.encode(tmp_path / "a.exe", hostile.speech(2), "ogg", "libopus")
    assert ingest.decode(upload, tmp_path / "out.wav") == ()


def test_a_renamed_program_is_no_audio(tmp_path: Path) -> None:
    assert refusal_of(hostile.program(tmp_path / "song.mp3")) == "not_audio"


def test_a_text_is_no_audio(tmp_path: Path) -> None:
    upload = tmp_path / "notice.mp3"
    upload.write_text("Kính gửi bà con. " * 500)
    assert refusal_of(upload) == "not_audio"


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    upload = tmp_path / "empty.mp3"
    upload.touch()
    assert refusal_of(upload) == "empty_file"


@pytest.mark.parametrize("name", ["list.mp3", "list.m3u8"])
def test_a_playlist_reads_no_other_file(name: str, tmp_path: Path) -> None:
    secret = hostile.encode(tmp_path / "secret.ogg", hostile.speech(2), "ogg", "libopus")
    assert refusal_of(hostile.playlist(tmp_path / name, secret)) == "not_audio"


@pytest.mark.parametrize("name", ["phone.mp3", "studio.wav"])
def test_half_a_sound_is_taken_with_a_warning(name: str, tmp_path: Path) -> None:
    whole = hostile.encode(tmp_path / name, hostile.speech(12), *FORMS[name])
    half = tmp_path / f"half-{name}"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    (caution,) = ingest.decode(half, tmp_path / "out.wav")
    assert caution.code == "truncated"
    assert "thiếu khoảng 6 giây trong 12 giây" in caution.message


def test_an_ogg_file_without_its_end_is_told(tmp_path: Path) -> None:
    whole = hostile.encode(tmp_path / "whole.ogg", hostile.speech(12), "ogg", "libopus")
    assert ingest.decode(whole, tmp_path / "out.wav") == ()
    half = tmp_path / "half.ogg"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    (caution,) = ingest.decode(half, tmp_path / "half.wav")
    assert caution.code == "truncated"
    assert "hãy nghe bản ghi đến hết" in caution.message


def test_a_place_that_is_damaged_is_told(tmp_path: Path) -> None:
    whole = hostile.encode(tmp_path / "raw.aac", hostile.speech(12), *FORMS["raw.aac"])
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    (caution,) = ingest.decode(whole, tmp_path / "out.wav")
    assert caution.code == "damaged_places"


def test_a_wav_whose_length_was_never_written_is_whole(tmp_path: Path) -> None:
    whole = hostile.encode(tmp_path / "a.wav", hostile.speech(2), *FORMS["studio.wav"])
    body = bytearray(whole.read_bytes())
    body[4:8] = b"\xff" * 4
    whole.write_bytes(body)
    assert ingest.decode(whole, tmp_path / "out.wav") == ()


def test_half_an_m4a_is_refused(tmp_path: Path) -> None:
    whole = hostile.encode(tmp_path / "whole.m4a", hostile.speech(12), "ipod", "aac")
    half = tmp_path / "half.m4a"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert refusal_of(half) == "not_audio"


def test_silence_is_refused(tmp_path: Path) -> None:
    assert refusal_of(tones.write(tmp_path / "silence.wav", np.zeros(96_000))) == "silent"


def test_a_file_of_rubbish_between_frames_is_damaged(tmp_path: Path) -> None:
    whole = hostile.encode(tmp_path / "whole.flac", hostile.speech(5), "flac", "flac")
    body = bytearray(whole.read_bytes())
    for at in range(9_000, len(body), 700):
        body[at : at + 60] = bytes(60)
    whole.write_bytes(body)
    assert refusal_of(whole) == "damaged"


@pytest.mark.parametrize(("channels", "rate_hz"), [(0, 8_000), (1, 0), (255, 48_000), (1, 1)])
def test_a_header_that_lies_is_refused(channels: int, rate_hz: int, tmp_path: Path) -> None:
    lie = hostile.lying_wav(tmp_path / "lie.wav", channels, rate_hz)
    assert refusal_of(lie) in ("not_audio", "no_sound_track")


def test_a_bomb_is_stopped_by_counted_samples(tmp_path: Path) -> None:
    bomb = hostile.encode(tmp_path / "bomb.flac", np.zeros(8_000 * 600), "flac", "flac", 8_000)
    assert bomb.stat().st_size < 200_000
    report = admit(bomb, tmp_path / "out.wav", max_samples=60 * tones.RATE_HZ)
    assert report.refusal == Refusal.TOO_LONG
    assert (tmp_path / "out.wav").stat().st_size <= 61 * 2 * tones.RATE_HZ


def test_not_a_number_does_not_poison_the_loudness(tmp_path: Path) -> None:
    samples = hostile.speech(4)
    samples[1_000:1_050] = np.nan
    samples[2_000:2_050] = np.inf
    upload = hostile.float_wav(tmp_path / "nan.wav", samples)
    taken = take(Take(file=str(upload), out_dir=str(tmp_path / "out")))
    assert taken.recording.loudness_lufs == pytest.approx(-16, abs=0.5)
    assert taken.recording.true_peak_dbtp <= -1


def test_a_decoder_that_hangs_is_killed(tmp_path: Path) -> None:
    upload = hostile.encode(tmp_path / "a.ogg", hostile.speech(1), "ogg", "libopus")
    with pytest.raises(UploadRefused) as caught:
        ingest.decode(upload, tmp_path / "out.wav", wall_s=0.01)
    assert caught.value.code == "decoding_timed_out"


def test_a_decoder_that_dies_means_a_damaged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = hostile.encode(tmp_path / "a.ogg", hostile.speech(1), "ogg", "libopus")
    monkeypatch.setattr(ingest.sys, "executable", "/bin/false")
    assert refusal_of(upload) == "damaged"


def test_a_full_disk_is_no_fault_of_the_file(tmp_path: Path) -> None:
    upload = hostile.encode(tmp_path / "a.ogg", hostile.speech(1), "ogg", "libopus")
    assert admit(upload, Path("/dev/full")).refusal == Refusal.NO_ROOM
