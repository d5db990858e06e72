"""The Debian package of a station: runtime, launcher, the first agent, unit, example settings.

The same sources and libraries give the same bytes (reproducible-builds.org, SOURCE_DATE_EPOCH).
"""

import os
import shutil
import subprocess
from pathlib import Path

from contract import __version__
from deploy import agent

HERE = Path(__file__).resolve().parent
EPOCH = "1767225600"  # 2026-01-01: a fixed moment, not the one of building
LAUNCHER = "station_agent/updates/launcher.py"
UNIT = HERE / "systemd" / "tt-station.service"
COMMAND = """#!/bin/sh
exec /usr/bin/python3 /opt/tt-station/launcher.py "$@"
"""
SCRIPTS = ("preinst", "postinst", "prerm", "postrm")


def build(runtime: Path, architecture: str, work: Path, target: Path) -> Path:
    """Write `tt-station_<version>_<architecture>.deb` into `target`; `work` is scratch space.

    Raises CalledProcessError.
    """
    tree = work / f"tree-{architecture}"
    shutil.rmtree(tree, ignore_errors=True)
    lay_out(runtime, tree)
    _control(tree, architecture)
    _same_modes(tree)
    made = target / f"tt-station_{__version__}_{architecture}.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(made)],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
    )
    return made


def lay_out(runtime: Path, tree: Path) -> None:
    """Put the files under `tree` where the package puts them under /."""
    installed = tree / "opt" / "tt-station"
    shutil.copytree(runtime, installed / "runtime")
    (installed / "first").mkdir()
    agent.build(installed / "first" / "station.pyz")
    shutil.copyfile(agent.ROOT / LAUNCHER, installed / "launcher.py")
    _put(tree / "usr/bin/tt-station", COMMAND, 0o755)
    _put(tree / "lib/systemd/system" / UNIT.name, UNIT.read_text(encoding="utf-8"), 0o644)
    example = (HERE / "debian" / "station.toml").read_text(encoding="utf-8")
    _put(tree / "etc/tt-station/station.toml", example, 0o640)


def _control(tree: Path, architecture: str) -> None:
    folder = tree / "DEBIAN"
    template = (HERE / "debian" / "control").read_text(encoding="utf-8")
    size = sum(f.stat().st_size for f in tree.rglob("*") if f.is_file()) // 1024
    filled = template.format(version=__version__, architecture=architecture, size=size)
    _put(folder / "control", filled, 0o644)
    _put(folder / "conffiles", "/etc/tt-station/station.toml\n", 0o644)
    for name in SCRIPTS:
        file = HERE / "debian" / name
        if file.exists():
            _put(folder / name, file.read_text(encoding="utf-8"), 0o755)


def _put(file: Path, content: str, mode: int) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    file.chmod(mode)


def _same_modes(tree: Path) -> None:
    """The umask and the clock of the building machine leave no trace."""
    for path in [*sorted(tree.rglob("*"), reverse=True), tree]:
        if path.is_dir():
            path.chmod(0o755)
        elif path.is_relative_to(tree / "opt"):
            path.chmod(0o644)
        os.utime(path, (int(EPOCH), int(EPOCH)))
