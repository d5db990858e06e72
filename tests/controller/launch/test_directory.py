"""Two launchers never share a data directory."""

from pathlib import Path

import pytest

from controller.launch.directory import held
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
