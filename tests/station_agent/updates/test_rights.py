"""As root the launcher runs nothing that the station's user could have written."""

import os
from pathlib import Path

import pytest

from station_agent.updates import launcher
from station_agent.updates.slots import Slots

NOBODY = 65_534


@pytest.fixture
def became(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, object]]:
    """What the launcher does to itself, instead of doing it."""
    found: list[tuple[str, object]] = []
    for name in ("setgroups", "setgid", "setuid"):
        monkeypatch.setattr(os, name, lambda value, name=name: found.append((name, value)))
    monkeypatch.setattr(
        os, "execve", lambda _file, _words, environ: found.append(("slot", environ["STATION_SLOT"]))
    )
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return found


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A box whose agent was replaced, in a folder of the station's user."""
    first, folder = tmp_path / "installed/first", tmp_path / "updates"
    first.mkdir(parents=True)
    folder.mkdir()
    (first / launcher.AGENT).write_bytes(b"first")
    slots = Slots(folder, running="")
    slots.stage(first / launcher.AGENT)
    launcher.write(folder / "current", {"slot": "a"})
    monkeypatch.setenv("STATION_INSTALLED", str(tmp_path / "installed"))
    monkeypatch.setenv("STATION_UPDATES", str(folder))
    owned = os.stat_result((0o40750, 0, 0, 2, NOBODY, NOBODY, 0, 0, 0, 0))
    real = Path.stat

    def stat(path: Path, **more: bool) -> os.stat_result:
        return owned if path == folder else real(path, **more)

    monkeypatch.setattr(Path, "stat", stat)
    return folder


def test_root_becomes_the_stations_user_before_it_looks_at_the_slots(
    state: Path, became: list[tuple[str, object]]
) -> None:
    launcher.main(["check"])
    assert [one for one, _ in became] == ["setgroups", "setgid", "setuid", "slot"]
    assert became[1:] == [("setgid", NOBODY), ("setuid", NOBODY), ("slot", "a")]


def test_a_claim_by_root_is_made_by_the_agent_of_the_package(
    state: Path, became: list[tuple[str, object]]
) -> None:
    launcher.main(["claim", "x"])
    assert became == [("slot", "first")]


def test_the_stations_user_stays_who_it_is(
    state: Path, became: list[tuple[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: NOBODY)
    launcher.main(["check"])
    assert became == [("slot", "a")]
