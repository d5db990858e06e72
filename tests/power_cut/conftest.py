"""A disk of one's own for each test, taken out at its end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.cut_disk import CutDisk


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[CutDisk]:
    found = CutDisk(tmp_path)
    yield found
    found.close()
