"""What a person at the terminal gets from `python -m tts`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tts import tones
from tests.tts.independent_meter import decoded
from tts.__main__ import main

ROOT = Path(__file__).resolve().parents[2]


def normalised(body: bytes) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "tts", "normalise"],
        input=body,
        capture_output=True,
        cwd=ROOT,
        check=True,
    )
    assert done.stderr == b""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_lines_are_normalised_to_json_lines() -> None:
    first, second = normalised("Cách 5 m\nGặp XYZT\n".encode())
    assert first == {
        "text": "Cách 5 m",
        "spoken": "Cách năm mét",
        "unknown": [],
        "map": [{"spoken": "Cách", "span": [0, 4]}, {"spoken": "năm mét", "span": [5, 8]}],
    }
    assert second["unknown"] == [{"span": [4, 8], "token": "XYZT"}]


def test_every_line_has_an_answer_whatever_is_in_it() -> None:
    lines = [b"\xff\xfe\x00 5 m", b"", b" ", b"x\xe2\x82", "một hai ".encode() * 20_000]
    answers = normalised(b"\r\n".join(lines))
    assert len(answers) == len(lines)
    assert answers[0]["spoken"] == "Năm mét"


def test_an_answer_comes_before_the_next_line_is_asked() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tts", "normalise"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        for word in ("một", "hai"):
            child.stdin.write(f"{word}\n".encode())
            child.stdin.flush()
            assert json.loads(child.stdout.readline())["text"] == word


def test_who_reads_no_further_ends_it_quietly() -> None:
    command = [sys.executable, "-m", "tts", "normalise"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as child:
        assert child.stdout is not None
        child.stdout.close()
        _, said = child.communicate("một\n".encode())
    assert (child.returncode, said) == (1, b"")


def test_normalising_loads_no_sound_library() -> None:
    code = "import sys; from tts.__main__ import main; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"av", "numpy", "pydub"} & set(loaded) == set()


def test_voices_are_listed_with_their_labels(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["voices"]) == 0
    assert "espeak\tvi\tGiọng dự phòng (giọng máy), miền Bắc" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["out.wav", "out.ogg"])
def test_a_file_is_spoken_into_a_file(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Xin chào bà con.", encoding="utf-8")
    assert main(["speak", str(tmp_path / "a.txt"), "-o", str(tmp_path / name)]) == 0
    assert capsys.readouterr().err == ""
    samples = tones.read(tmp_path / name) if name.endswith(".wav") else decoded(tmp_path / name)
    assert 5 < len(samples) / tones.RATE_HZ < 10


def test_the_craft_is_heard(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Hỏi: Khi nào?\nĐáp: Hôm nay.", encoding="utf-8")
    plain, rich = tmp_path / "plain.wav", tmp_path / "rich.wav"
    speak = ["speak", str(tmp_path / "a.txt"), "--no-chime", "-o"]
    assert main([*speak, str(plain)]) == 0
    options = ["--repeat", "--pace", "slow", "--loudness", "soft"]
    options += ["--answer-voice", "espeak:vi-vn-x-south"]
    identify = ["--identify", "Đây là xã Suối Mây.", "--closing", "Xin cảm ơn."]
    assert main([*speak, str(rich), *options, *identify]) == 0
    assert len(tones.read(rich)) > 2 * len(tones.read(plain))


def test_a_file_that_cannot_be_read_fails_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    speak = ["-o", str(tmp_path / "out.ogg")]
    assert main(["speak", str(tmp_path / "a.txt"), *speak]) == 1
    assert "a.txt" in capsys.readouterr().err
    (tmp_path / "a.txt").write_text("Xin chào bà con.", encoding="utf-16")
    assert main(["speak", str(tmp_path / "a.txt"), *speak]) == 1
    assert "không phải văn bản UTF-8" in capsys.readouterr().err
    assert not (tmp_path / "out.ogg").exists()


def test_a_file_with_nothing_to_say_fails_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("---", encoding="utf-8")
    assert main(["speak", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out.ogg")]) == 1
    assert "không có nội dung" in capsys.readouterr().err
