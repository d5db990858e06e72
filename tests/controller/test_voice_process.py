"""The child process that makes recordings, and how its faults are told."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from controller.errors import VoiceRefused
from controller.media.disk import DiskMedia
from controller.ports import Speech
from controller.voice.process import ProcessVoice
from tts.craft import Craft, RecordedPart
from tts.normalise.lexicon import Entry
from tts.wire import Failed, Failure

HELLO = Speech(text="Xin chào")


def test_a_text_becomes_a_recording_that_media_finds(tmp_path: Path) -> None:
    media = DiskMedia(tmp_path)
    made = ProcessVoice(media.recordings, default="espeak").speak(
        Speech(text="Mất điện từ 7 giờ, XQZ."), media.progress("a")
    )
    file = media.recording(made.sha256)
    assert hashlib.sha256(file.read_bytes()).hexdigest() == made.sha256
    assert (made.size, made.samples > 48_000) == (file.stat().st_size, True)
    assert made.loudness_lufs == pytest.approx(-16, abs=0.5)
    assert made.reading is not None
    assert [each["token"] for each in made.reading["unknown"]] == ["XQZ"]
    assert "dự phòng" in made.reading["engine"]["label"]


def test_what_people_taught_is_what_is_read(tmp_path: Path) -> None:
    lexicon = (Entry("XQZ", "ích quy dét"),)
    made = ProcessVoice(tmp_path, default="espeak").speak(
        Speech(text="Họp XQZ.", lexicon=lexicon), tmp_path / "progress"
    )
    assert made.reading is not None
    assert (len(made.reading["unknown"]), made.reading["spoken"]) == (0, "Họp ích quy dét.")


def test_the_place_that_stops_a_recording_comes_with_the_refusal(tmp_path: Path) -> None:
    answer = Failed(Failure("meaning_changed", "Sai nghĩa.", {"start": 3, "end": 9}))
    script = f"print({msgspec.json.encode(answer).decode()!r})"
    voice = ProcessVoice(tmp_path, default="espeak", command=(sys.executable, "-c", script))
    with pytest.raises(VoiceRefused, match="Sai nghĩa") as refused:
        voice.speak(HELLO, tmp_path / "progress")
    assert (refused.value.code, refused.value.facts) == ("meaning_changed", {"start": 3, "end": 9})


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "rỗng"), (b"MZ\x90\x00" + bytes(4_000), "exe")],
)
def test_a_file_that_is_no_sound_is_refused_in_words(
    tmp_path: Path, content: bytes, name: str
) -> None:
    original = tmp_path / name
    original.write_bytes(content)
    with pytest.raises(VoiceRefused) as refused:
        ProcessVoice(tmp_path, default="espeak").take(original)
    assert str(refused.value)
    assert refused.value.code != "crashed"


def test_an_online_voice_that_is_not_switched_on_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VoiceRefused) as refused:
        ProcessVoice(tmp_path, default="espeak").speak(
            Speech(text="Xin chào", voice="gtts"), tmp_path / "progress"
        )
    assert refused.value.code == "engine_unavailable"


def test_a_child_that_takes_too_long_is_ended_with_all_that_it_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    # the grandchild holds the pipe that is read to its end: were it left alive, this would hang
    script = "import subprocess, tempfile; tempfile.mkdtemp(); subprocess.run(['sleep', '600'])"
    command = (sys.executable, "-c", script)
    voice = ProcessVoice(tmp_path, default="espeak", speak_within_s=1, command=command)
    with pytest.raises(VoiceRefused, match="quá 1 giây"):
        voice.speak(HELLO, tmp_path / "progress")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_controller_left_half_made_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / ".rendering-x" / "tt-upload-y").mkdir(parents=True)
    (tmp_path / "a.ogg").touch()
    ProcessVoice(tmp_path, default="espeak")
    assert [file.name for file in tmp_path.iterdir()] == ["a.ogg"]


def test_a_child_does_not_outlive_the_controller(tmp_path: Path) -> None:
    fifo = tmp_path / "alive"
    os.mkfifo(fifo)
    child = f"f=open({str(fifo)!r},'w'); f.write('x'); f.flush(); import time; time.sleep(600)"
    parent = (
        "import sys; from pathlib import Path; from controller.ports import Speech\n"
        "from controller.voice.process import ProcessVoice\n"
        f"command = (sys.executable, '-c', {child!r})\n"
        f"folder = Path({str(tmp_path)!r})\n"
        "voice = ProcessVoice(folder, default='espeak', command=command)\n"
        "voice.speak(Speech(text='Xin chào'), folder / 'progress')"
    )
    with subprocess.Popen([sys.executable, "-c", parent]) as controller, fifo.open() as alive:
        assert alive.read(1) == "x"
        controller.kill()
        assert alive.read() == ""  # the end of the file: the child's side is closed


@pytest.mark.parametrize("script", ["raise SystemExit(3)", "print('not json')", "print('{}')"])
def test_a_child_that_breaks_is_told_as_such(tmp_path: Path, script: str) -> None:
    voice = ProcessVoice(tmp_path, default="espeak", command=(sys.executable, "-c", script))
    with pytest.raises(VoiceRefused) as refused:
        voice.speak(HELLO, tmp_path / "progress")
    assert refused.value.code == "crashed"


def test_no_decoder_is_loaded_in_the_controller() -> None:
    code = "import controller.voice.process, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert not {"av", "numpy", "pydub"} & set(done.stdout.decode().split())


def test_two_voices_a_recorded_part_and_how_far_it_is(tmp_path: Path) -> None:
    voice = ProcessVoice(tmp_path, default="espeak")
    plain = voice.speak(HELLO, tmp_path / "progress")
    part = RecordedPart(str(tmp_path / f"{plain.sha256}.ogg"), "after")
    craft = Craft(answer_voice="espeak:vi-vn-x-south", identification="Đài xã.")
    speech = Speech(text="Hỏi: Mấy giờ?\nĐáp: Bảy giờ.", craft=craft, recorded=(part,))
    made = voice.speak(speech, tmp_path / "progress")
    assert made.samples > 2 * plain.samples
    assert len(made.waveform) == 2_000
    done, _, total = (tmp_path / "progress").read_text().partition("/")
    assert done == total


def test_an_upload_comes_with_the_shape_that_it_had(tmp_path: Path) -> None:
    voice = ProcessVoice(tmp_path, default="espeak")
    spoken = voice.speak(HELLO, tmp_path / "progress")
    taken = voice.take(tmp_path / f"{spoken.sha256}.ogg")
    assert taken.before is not None
    assert taken.before.loudness_lufs == pytest.approx(-16, abs=0.5)
    assert taken.waveform
