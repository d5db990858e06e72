"""Small real programs for the launcher to look after."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from controller.launch.program import Program
from controller.launch.supervisor import Supervisor

OBEDIENT = """
import os, pathlib, sys, time
path = pathlib.Path(sys.argv[1])
path.write_text(str(os.getpid()))
time.sleep(600)
"""


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    with Supervisor(tmp_path) as made:
        yield made


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., Program]:
    """A program that writes its process id beside us, and is ready when that is there."""

    def make(name: str, code: str = OBEDIENT, **more: object) -> Program:
        mark = tmp_path / f"{name}.pid"
        argv = [sys.executable, "-c", code, str(mark)]
        return Program(name=name, argv=argv, ready=mark.exists, **more)  # type: ignore[arg-type]  # free keywords

    return make
