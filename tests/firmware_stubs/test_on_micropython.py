"""The rules of the firmware hold on the interpreter that the boards run."""

import importlib
import subprocess

import pytest

from tests.fakes.board import MICROPYTHON, ROOT

MODULES = ("test_slave", "test_board", "test_framing", "test_pilot", "test_receiver")


@pytest.mark.parametrize("name", MODULES)
def test_the_same_tests_pass_on_micropython(name):
    module = importlib.import_module(f"tests.firmware_stubs.{name}")
    count = sum(each.startswith("test_") for each in dir(module))
    ran = subprocess.run(
        [MICROPYTHON, "-m", "tests.firmware_stubs.on_micropython", module.__name__],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.splitlines()[-1:] == [f"{count} passed on micropython"], (
        ran.stdout + ran.stderr
    )
    assert count > 3
