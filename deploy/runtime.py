"""The runtime: the libraries that the agent needs, for one architecture, as plain files.

Wheels are taken for the target, not for this machine, so that a package for arm64 is built on any.
"""

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = "3.11"  # of Debian 12, which the boxes run
MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}
LAYOUTS = ("manylinux_2_28", "manylinux_2_27", "manylinux_2_17", "manylinux2014")


def requirements() -> list[str]:
    """What setup.cfg asks for: the common libraries and those of a station."""
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    common = config["options"]["install_requires"]
    station = config["options.extras_require"]["station"]
    return [line for line in f"{common}\n{station}".splitlines() if line.strip()]


def build(target: Path, architecture: str) -> None:
    """Install the libraries into `target`. Raises CalledProcessError, with pip's own words."""
    machine = MACHINES[architecture]
    platforms = [f"--platform={layout}_{machine}" for layout in LAYOUTS]
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile"]
    command += ["--target", str(target), "--only-binary=:all:", f"--python-version={PYTHON}"]
    # pyserial and others are pure; those that pip may only take as wheels are all there
    subprocess.run([*command, *platforms, *requirements()], check=True)
    shutil.rmtree(target / "bin", ignore_errors=True)  # scripts that name this machine's Python
    for cache in list(target.rglob("__pycache__")):
        shutil.rmtree(cache)
