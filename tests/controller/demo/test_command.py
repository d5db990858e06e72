"""What `python -m controller demo` says when it cannot begin."""

import os
import subprocess
import sys
from pathlib import Path

from controller.launch.directory import held

ROOT = Path(__file__).parents[3]


def demo(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "controller", "demo", *arguments],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_headless_run_needs_a_notice_and_a_place_for_its_outcome() -> None:
    refused = demo("--once")
    assert refused.returncode == 2
    assert "--notice" in refused.stderr


def test_a_headless_run_needs_a_station() -> None:
    assert demo("--once", "--notice", "n", "--json", "o", "--stations", "0").returncode == 2


def test_a_directory_that_another_run_uses_is_refused_in_one_line(tmp_path: Path) -> None:
    with held(tmp_path):
        refused = demo("--data", str(tmp_path))
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].startswith("Lỗi: Thư mục dữ liệu")


def test_a_broker_of_ones_own_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    refused = demo("--data", str(tmp_path), TT_BROKER_URL="mqtt://broker.example")
    assert refused.returncode == 1
    assert "TT_BROKER_URL" in refused.stderr


def test_a_notice_that_is_no_text_is_refused(tmp_path: Path) -> None:
    notice = tmp_path / "notice.txt"
    notice.write_bytes(b"\xff\xfe\x00")
    refused = demo("--once", "--notice", str(notice), "--json", str(tmp_path / "out.json"))
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
