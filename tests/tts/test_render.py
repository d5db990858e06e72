"""The render child: one JSON request in, one JSON answer out, whatever happens."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.tts import hostile
from tests.tts.independent_meter import decoded, loudness_and_true_peak
from tts.cautions import Caution
from tts.craft import Craft, RecordedPart
from tts.engines.settings import EngineSettings
from tts.normalise import read
from tts.normalise.lexicon import Entry
from tts.recording import Recording
from tts.render import render
from tts.wire import (
    Before,
    Failed,
    Failure,
    Rendered,
    Speak,
    Take,
    Used,
    decode_answer,
    decode_request,
)

ROOT = Path(__file__).resolve().parents[2]


def ask(request: object) -> tuple[int, Rendered | Failed, str]:
    """Exit code, answer, and what was said on standard error."""
    body = request if isinstance(request, bytes) else msgspec.json.encode(request)
    done = subprocess.run(
        [sys.executable, "-m", "tts", "render"],
        input=body,
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    return done.returncode, decode_answer(done.stdout), done.stderr.decode()


def test_a_text_becomes_a_recording_with_its_reading(tmp_path: Path) -> None:
    text = "UBND xã mời bà con họp lúc 7h30, thứ Tư. Mang theo XYZT."
    code, answer, said = ask(Speak(text=text, out_dir=str(tmp_path)))
    assert (code, said) == (0, "")
    assert isinstance(answer, Rendered)
    assert answer.reading is not None
    assert "bảy giờ ba mươi phút" in answer.reading.spoken
    (unknown,) = answer.reading.unknown
    assert text[slice(*unknown.span)] == unknown.token == "XYZT"
    assert answer.engine == Used("espeak", "Giọng dự phòng (giọng máy), miền Bắc", "vi")
    loudness, true_peak = loudness_and_true_peak(decoded(Path(answer.recording.path)))
    assert loudness == pytest.approx(-16, abs=0.5)
    assert true_peak <= -1


def test_an_upload_becomes_a_recording_with_its_warnings(tmp_path: Path) -> None:
    whole = hostile.encode(tmp_path / "a.mp3", hostile.speech(12), "mp3", "libmp3lame")
    whole.write_bytes(whole.read_bytes()[:40_000])
    code, answer, said = ask(Take(file=str(whole), out_dir=str(tmp_path / "out")))
    assert (code, said) == (0, "")
    assert isinstance(answer, Rendered)
    assert (answer.reading, answer.engine) == (None, None)
    assert [caution.code for caution in answer.cautions] == ["truncated"]
    assert Path(answer.recording.path).parent == tmp_path / "out"
    assert answer.before is not None
    assert 1_900 < len(answer.before.waveform) == len(answer.waveform) <= 2_000
    assert answer.before.loudness_lufs != answer.recording.loudness_lufs


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "empty": ({"op": "speak", "text": ""}, "nothing_to_say"),
    "blank": ({"op": "speak", "text": " \n\t "}, "nothing_to_say"),
    "emoji": ({"op": "speak", "text": "😀🎉❤️"}, "nothing_to_say"),
    "marks": ({"op": "speak", "text": "... --- !!! ?"}, "nothing_to_say"),
    "200 kB": ({"op": "speak", "text": "bà con " * 29_000}, "too_long"),
    "engine": ({"op": "speak", "text": "Xin chào.", "engine": "gtts"}, "engine_unavailable"),
    "no file": ({"op": "take", "file": "/no/such/file"}, "bad_request"),
    "no such work": ({"op": "sing"}, "bad_request"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_done_is_answered_with_a_code_and_a_sentence(
    case: str, tmp_path: Path
) -> None:
    request, expected = REFUSED[case]
    answer = render(msgspec.json.encode({**request, "out_dir": str(tmp_path / "out")}))
    assert isinstance(answer, Failed)
    assert answer.error.code == expected
    assert answer.error.message.endswith(".")
    assert not (tmp_path / "out").exists()


def test_rubbish_is_answered_too() -> None:
    code, answer, _ = ask(b"\x00 not json")
    assert code == 1
    assert isinstance(answer, Failed)
    assert answer.error.code == "bad_request"


@pytest.mark.parametrize(
    "request_",
    [
        Speak(text="a", out_dir="b"),
        Speak(
            text="a",
            out_dir="b",
            engines=EngineSettings(enabled=("gtts",)),
            lexicon=(Entry("BCHQS", "ban chỉ huy quân sự", next=("xã",)),),
            craft=Craft(pace="slow", repeat=True, answer_voice="espeak:vi-vn-x-south"),
            recorded=(RecordedPart("/c", "before"),),
        ),
        Take(file="a", out_dir="b"),
    ],
)
def test_a_request_survives_the_wire(request_: Speak | Take) -> None:
    assert decode_request(msgspec.json.encode(request_)) == request_


RECORDING = Recording(
    sha256="0" * 64,
    path="/a",
    size=1,
    duration_ms=2,
    samples=96,
    loudness_lufs=None,
    true_peak_dbtp=-6.0,
)


@pytest.mark.parametrize(
    "answer",
    [
        Rendered(
            recording=RECORDING,
            waveform=(-3, 4),
            before=Before((-1, 2), None, -12.5),
            cautions=(Caution("truncated", "Cụt."),),
        ),
        Rendered(
            recording=RECORDING,
            reading=read("UBND xã báo tin: 5 m, XYZT."),
            engine=Used("espeak", "Giọng dự phòng", "vi"),
        ),
        Failed(Failure("too_long", "Quá dài.", {"limit": 7_000})),
    ],
)
def test_an_answer_survives_the_wire(answer: Rendered | Failed) -> None:
    assert decode_answer(msgspec.json.encode(answer)) == answer


def test_the_side_of_the_controller_loads_no_sound_library() -> None:
    code = "import tts.wire, tts.cache, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"av", "numpy", "pydub", "gtts"} & set(loaded) == set()


def test_a_disk_that_takes_nothing_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    request = {"op": "speak", "text": "Xin chào.", "out_dir": str(tmp_path / "file" / "out")}
    answer = render(msgspec.json.encode(request))
    assert isinstance(answer, Failed)
    assert (answer.error.code, "đĩa đầy" in answer.error.message) == ("no_room", True)
