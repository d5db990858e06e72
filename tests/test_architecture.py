"""The house rules that a machine can check: arrows, budgets, what a station may load."""

import ast
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("contract", "scheduler", "tts", "controller", "web", "station_agent", "firmware_stubs")
FILE_LINES, FILE_MEDIAN, FUNCTION_LINES, FUNCTION_MEDIAN = 400, 100, 50, 9
NAMED_BUDGETS = {"ports.py": 120, "app.py": 60, "errors.py": 90}
DRAWERS = {"utils", "util", "common", "manager", "managers", "base", "helpers", "misc", "core"}


def product_files() -> list[Path]:
    return [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]


def files_of_tests() -> list[Path]:
    return sorted((ROOT / "tests").rglob("*.py"))


def lines_of(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def functions() -> list[tuple[Path, str, int]]:
    found = []
    for file in product_files():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                found.append((file, node.name, length))
    return found


@pytest.mark.parametrize("file", [*product_files(), *files_of_tests()], ids=lambda f: f.name)
def test_a_file_fits_its_budget(file):
    assert lines_of(file) <= NAMED_BUDGETS.get(file.name, FILE_LINES)


def test_the_median_file_is_small():
    assert statistics.median(lines_of(file) for file in product_files()) <= FILE_MEDIAN


def test_no_function_is_long_and_the_median_one_is_short():
    found = functions()
    too_long = [f"{f.relative_to(ROOT)}:{name} {n}" for f, name, n in found if n > FUNCTION_LINES]
    assert too_long == []
    assert statistics.median(length for _, _, length in found) <= FUNCTION_MEDIAN


def test_there_are_no_drawers():
    named = {file: file.stem for file in product_files()}
    assert [file for file, stem in named.items() if stem in DRAWERS] == []


@pytest.mark.parametrize("file", product_files(), ids=lambda f: str(f.relative_to(ROOT)))
def test_a_module_says_what_it_is_for(file):
    text = file.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text)), "no module docstring"


def test_imports_point_one_way():
    outcome = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--config", "setup.cfg"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stdout


def test_the_contract_stands_on_three_libraries():
    allowed = {"contract", "msgspec", "rfc8785", "nacl", *sys.stdlib_module_names}
    found = set()
    for file in (ROOT / "contract").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add(str(node.module))
    assert {name.partition(".")[0] for name in found} - allowed == set()


def test_the_arrows_name_every_package():
    assert f"root_packages =\n    {chr(10).join(f'    {p}' for p in PACKAGES).strip()}" in (
        ROOT / "setup.cfg"
    ).read_text(encoding="utf-8")


HEAVY = {"flask", "sqlalchemy", "apscheduler", "numpy", "av", "pydub", "controller", "web", "tts"}


def test_a_station_loads_nothing_of_the_server_and_nothing_heavy():
    code = "import station_agent.app, station_agent.__main__, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert {name.partition(".")[0] for name in loaded} & HEAVY == set()


def test_our_top_level_names_are_ours():
    code = "import contract, scheduler, controller, tts, web; print(scheduler.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    assert Path(found).is_relative_to(ROOT)
