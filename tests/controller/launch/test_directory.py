"""Two launchers never share a data directory."""

from pathlib import Path

import pytest

from controller.launch.directory import held, private
from controller.launch.errors import DirectoryInUse


def test_a_second_launcher_is_turned_away_and_told_why(tmp_path: Path) -> None:
    refused = pytest.raises(DirectoryInUse, match="đang được một lần chạy khác dùng")
    with held(tmp_path), refused, held(tmp_path):
        pass


def test_the_directory_is_free_again_afterwards(tmp_path: Path) -> None:
    with held(tmp_path):
        pass
    with held(tmp_path):
        pass


def test_what_a_run_writes_is_for_its_own_user_alone(tmp_path: Path) -> None:
    data = tmp_path / "var"
    with private(data):
        (data / "truyenthanh.db").touch()
    (tmp_path / "elsewhere").touch()

    assert data.stat().st_mode & 0o777 == 0o711
    assert (data / "truyenthanh.db").stat().st_mode & 0o077 == 0
    assert (tmp_path / "elsewhere").stat().st_mode & 0o044


def test_a_directory_that_holds_other_things_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "letter").touch()
    tmp_path.chmod(0o1777)  # as /tmp has it
    with private(tmp_path):
        pass
    assert tmp_path.stat().st_mode & 0o7777 == 0o1777
