"""The agent's file and the Debian package: the same bytes twice, whole, and able to start."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from contract import __version__
from deploy import agent, deb, runtime

SERVER_ONLY = ("flask", "sqlalchemy", "apscheduler", "pydub", "gtts", "controller", "web", "tts")


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What dpkg would put on the disk, with the libraries for this machine."""
    folder = tmp_path_factory.mktemp("installed")
    runtime.build(folder / "libraries", "amd64")
    deb.lay_out(folder / "libraries", folder / "root")
    return folder / "root"


@pytest.fixture
def libraries(tmp_path: Path) -> Path:
    """A few small libraries: all of them take a minute to pack."""
    found = tmp_path / "runtime"
    (found / "serial").mkdir(parents=True)
    (found / "serial" / "__init__.py").write_text("")
    return found


@pytest.fixture
def package(libraries: Path, tmp_path: Path) -> Path:
    return deb.build(libraries, "arm64", tmp_path, tmp_path)


def test_the_agent_is_the_same_bytes_wherever_it_is_built(tmp_path: Path) -> None:
    agent.build(tmp_path / "here.pyz")
    copy = tmp_path / "elsewhere"
    for name in agent.PACKAGES:
        shutil.copytree(agent.ROOT / name, copy / name, copy_function=shutil.copyfile)
    agent.build(tmp_path / "there.pyz", copy)
    assert digest(tmp_path / "here.pyz") == digest(tmp_path / "there.pyz")


def test_the_agent_holds_the_station_and_nothing_of_the_server(tmp_path: Path) -> None:
    agent.build(tmp_path / "a.pyz")
    with zipfile.ZipFile(tmp_path / "a.pyz") as found:
        assert found.testzip() is None
        tops = {name.partition("/")[0] for name in found.namelist()}
    assert tops == {"contract", "station_agent"}
    assert (tmp_path / "a.pyz").stat().st_size < 1_000_000  # an update comes over a SIM card


def test_the_package_is_the_same_bytes_twice(
    package: Path, libraries: Path, tmp_path: Path
) -> None:
    first, old = digest(package), os.umask(0o077)
    try:
        again = deb.build(libraries, "arm64", tmp_path, tmp_path)
    finally:
        os.umask(old)
    assert digest(again) == first


def test_the_package_says_what_it_is(package: Path) -> None:
    fields = ["Package", "Version", "Architecture"]
    said = subprocess.run(
        ["dpkg-deb", "--field", str(package), *fields], capture_output=True, text=True, check=True
    ).stdout
    assert said == f"Package: tt-station\nVersion: {__version__}\nArchitecture: arm64\n"


def started(tree: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Start what was installed as its user would: through the launcher, with a bare Python."""
    launcher = tree / "opt/tt-station/launcher.py"
    environ = {
        "PATH": "/usr/bin",
        "STATION_INSTALLED": str(tree / "opt/tt-station"),
        "STATION_UPDATES": str(tree / "updates"),
    }
    return subprocess.run(
        [sys._base_executable, "-S", str(launcher), *words],  # type: ignore[attr-defined]
        capture_output=True,
        text=True,
        check=False,
        env=environ,
        cwd=tree,
    )


def test_what_was_installed_starts_without_anything_else(tree: Path) -> None:
    done = started(tree, "--help")
    assert done.returncode == 0, done.stderr
    assert "Cụm loa truyền thanh" in done.stdout


def test_it_tells_what_is_wrong_with_its_settings(tree: Path) -> None:
    done = started(tree, "check", "--config", str(tree / "etc/tt-station/station.toml"))
    assert done.returncode == 2
    assert "TT_STATION" in done.stderr


def test_the_runtime_holds_what_the_whole_station_imports(tree: Path) -> None:
    installed = tree / "opt/tt-station"
    modules = "station_agent.app, station_agent.player.run, station_agent.updates.fetch"
    code = f"import {modules}, av, serial, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys._base_executable, "-P", "-c", code],  # type: ignore[attr-defined]
        capture_output=True,
        text=True,
        check=False,
        cwd=tree,
        env={
            "PYTHONPATH": f"{installed}/first/station.pyz:{installed}/runtime",
            "PATH": "/usr/bin",
        },
    )
    assert done.returncode == 0, done.stderr
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded.isdisjoint(SERVER_ONLY)


def test_the_scripts_of_the_package_are_good_shell(package: Path, tmp_path: Path) -> None:
    folder = tmp_path / "control"
    subprocess.run(["dpkg-deb", "--control", str(package), str(folder)], check=True)
    scripts = [file for file in folder.iterdir() if file.name in deb.SCRIPTS]
    assert {file.name for file in scripts} == {"postinst", "prerm", "postrm"}
    for file in scripts:
        subprocess.run(["sh", "-n", str(file)], check=True)


@pytest.mark.parametrize(("before", "starts"), [("", False), ("0.0.9", True)])
def test_an_upgrade_leaves_the_station_running(tmp_path: Path, before: str, starts: bool) -> None:
    """What prerm has stopped comes up again; nobody is there to do it by hand."""
    tools, said, systemd = tmp_path / "tools", tmp_path / "said", tmp_path / "systemd"
    for folder in (tools, systemd):
        folder.mkdir()
    for name in ("getent", "adduser", "install", "chown", "systemctl"):
        (tools / name).write_text(f'#!/bin/sh\necho {name} "$@" >> {said}\n')
        (tools / name).chmod(0o755)
    script = (deb.HERE / "debian" / "postinst").read_text(encoding="utf-8")
    here = script.replace("/run/systemd/system", str(systemd))
    subprocess.run(
        ["sh", "-c", here, "postinst", "configure", before],
        check=True,
        stdout=subprocess.DEVNULL,
        env={"PATH": f"{tools}:/usr/bin:/bin"},
    )
    assert ("systemctl start" in said.read_text()) is starts
