"""What a virtual station played, found on the disk of this machine."""

from pathlib import Path

import pytest

from controller.captures import captured

AIRING = "0190f5fe-7c00-7a00-8000-000000000001"


def take(data: Path, name: str, size: int) -> Path:
    file = data / "stations" / "loa-1" / "capture" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(bytes(size))
    return file


def test_the_longest_run_of_an_airing_is_what_was_heard(tmp_path: Path) -> None:
    take(tmp_path, f"{AIRING}-1.wav", 10)
    longest = take(tmp_path, f"{AIRING}-2.wav", 500)
    take(tmp_path, "0190f5fe-7c00-7a00-8000-000000000002-1.wav", 900)
    assert captured(tmp_path, "loa-1", AIRING) == longest


def test_nothing_was_captured_of_another(tmp_path: Path) -> None:
    take(tmp_path, f"{AIRING}-1.wav", 10)
    assert captured(tmp_path, "loa-2", AIRING) is None
    assert captured(tmp_path, "loa-1", AIRING.replace("1", "2")) is None


@pytest.mark.parametrize("odd", ["..", "../loa-1", "*", "", "loa/1", "a" * 65])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, odd: str) -> None:
    take(tmp_path, f"{AIRING}-1.wav", 10)
    assert captured(tmp_path, odd, AIRING) is None
    assert captured(tmp_path, "loa-1", odd) is None
