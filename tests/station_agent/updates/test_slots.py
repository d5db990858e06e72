"""Two slots: whatever is cut off in the middle, the next start finds an agent that is whole."""

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from station_agent.updates import launcher
from station_agent.updates.slots import Slots

LAUNCHER = Path(launcher.__file__)


class PowerCut(Exception):
    """The mains went."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Slot a runs and is good."""
    found = tmp_path / "updates"
    fill(found / "a", b"old agent")
    launcher.write(found / "current", {"slot": "a"})
    return found


@pytest.fixture
def first(tmp_path: Path) -> Path:
    found = tmp_path / "first" / launcher.AGENT
    found.parent.mkdir()
    found.write_bytes(b"agent of the package")
    return found


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    found = tmp_path / "newer.pyz"
    found.write_bytes(b"new agent")
    return found


def fill(slot: Path, agent: bytes) -> None:
    slot.mkdir(parents=True)
    (slot / launcher.AGENT).write_bytes(agent)
    (slot / launcher.SUM).write_text(hashlib.sha256(agent).hexdigest())


def packed(version: str) -> bytes:
    """An agent of that version, as far as a launcher reads it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as agent:
        agent.writestr("contract/__init__.py", f'"""Words."""\n\n__version__ = "{version}"\n')
    return out.getvalue()


@pytest.mark.parametrize(
    ("package", "slot", "runs"),
    [
        ("1.1.0", "1.0.9", "package"),
        ("1.10.0", "1.9.0", "package"),
        ("1.0.0", "1.0.1", "slot"),
        ("1.0.0", "1.0.0", "slot"),
        ("1.0.0", "1.0", "slot"),
    ],
)
def test_a_package_with_a_newer_agent_replaces_what_was_kept_and_what_was_on_trial(
    tmp_path: Path, first: Path, package: str, slot: str, runs: str
) -> None:
    folder = tmp_path / "updates"
    first.write_bytes(packed(package))
    fill(folder / "a", packed(slot))
    fill(folder / "b", packed(slot))
    launcher.write(folder / "current", {"slot": "a"})
    newest = first if runs == "package" else folder / "a" / launcher.AGENT
    assert launcher.standing(folder, first) == launcher.choose(folder, first) == newest
    Slots(folder, running="a").try_out(slot)
    newest = first if runs == "package" else folder / "b" / launcher.AGENT
    assert launcher.choose(folder, first) == newest
    assert Slots(folder, running="b").given_up is None


def test_a_newer_one_is_tried_and_kept_after_a_package_took_the_place_of_both(
    tmp_path: Path, first: Path, newer: Path
) -> None:
    folder = tmp_path / "updates"
    first.write_bytes(packed("1.1"))
    fill(folder / "a", packed("1.0"))
    launcher.write(folder / "current", {"slot": "a"})
    newer.write_bytes(packed("1.2"))
    running = Slots(folder, running="first")
    running.stage(newer)
    running.try_out("1.2")
    assert launcher.choose(folder, first).read_bytes() == packed("1.2")
    Slots(folder, running="b").keep()
    assert launcher.standing(folder, first).read_bytes() == packed("1.2")


def test_a_staged_agent_is_tried_and_kept(folder: Path, first: Path, newer: Path) -> None:
    old = Slots(folder, running="a")
    old.stage(newer)
    assert launcher.choose(folder, first).read_bytes() == b"old agent"
    old.try_out("2.0")
    assert launcher.choose(folder, first).read_bytes() == b"new agent"
    new = Slots(folder, running="b")
    assert (old.on_trial, new.on_trial) == (False, True)
    new.keep()
    assert Slots(folder, running="b").on_trial is False
    assert launcher.choose(folder, first).read_bytes() == b"new agent"


def test_a_trial_that_never_comes_up_ends_after_its_tries(
    folder: Path, first: Path, newer: Path
) -> None:
    old = Slots(folder, running="a")
    old.stage(newer)
    old.try_out("2.0")
    chosen = [launcher.choose(folder, first).read_bytes() for _ in range(5)]
    assert chosen == [b"new agent"] * 3 + [b"old agent"] * 2
    assert old.given_up is not None
    assert (old.given_up.version, old.given_up.told) == ("2.0", False)
    old.told()
    assert old.given_up.told


def test_an_agent_that_finds_itself_bad_goes_back(folder: Path, first: Path, newer: Path) -> None:
    Slots(folder, running="a").stage(newer)
    Slots(folder, running="a").try_out("2.0")
    launcher.choose(folder, first)
    Slots(folder, running="b").give_up("bộ phát không lên tiếng")
    assert launcher.choose(folder, first).read_bytes() == b"old agent"
    found = Slots(folder, running="a").given_up
    assert found is not None
    assert found.why == "bộ phát không lên tiếng"


@pytest.mark.parametrize("name", [launcher.AGENT, launcher.SUM])
def test_a_rotten_trial_is_given_up_at_once(
    folder: Path, first: Path, newer: Path, name: str
) -> None:
    old = Slots(folder, running="a")
    old.stage(newer)
    old.try_out("2.0")
    (folder / "b" / name).write_bytes(b"rotten")
    assert launcher.choose(folder, first).read_bytes() == b"old agent"
    assert old.given_up is not None


def test_a_rotten_good_slot_makes_way_for_the_other_and_then_for_the_first(
    folder: Path, first: Path
) -> None:
    fill(folder / "b", b"the one before")
    assert launcher.choose(folder, first).read_bytes() == b"old agent"
    (folder / "a" / launcher.AGENT).write_bytes(b"rotten")
    assert launcher.choose(folder, first) == first  # never what was not kept
    Slots(folder, running="b").keep()
    launcher.write(folder / "current", {"slot": "a"})
    (folder / "a" / launcher.AGENT).write_bytes(b"rotten")
    assert launcher.choose(folder, first).read_bytes() == b"the one before"
    (folder / "b" / launcher.SUM).unlink()
    assert launcher.choose(folder, first) == first


@pytest.mark.parametrize("rubbish", [b"", b"{", b"[]", b'{"slot": 7, "tries": "x"}', b"\xff"])
def test_rubbish_in_a_state_file_never_stops_a_start(
    folder: Path, first: Path, rubbish: bytes
) -> None:
    for name in ("current", "trial"):
        (folder / name).write_bytes(rubbish)
    assert launcher.choose(folder, first).exists()


def whole_update(folder: Path, newer: Path, first: Path) -> None:
    """From the download to the copy that is kept."""
    old, new = Slots(folder, running="a"), Slots(folder, running="b")
    old.stage(newer)
    old.try_out("2.0")
    launcher.choose(folder, first)
    new.keep()


def cut_after(calls: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The power goes at the n-th thing that reaches the disk."""
    left = calls

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **more: object) -> object:
            nonlocal left
            if left == 0:
                raise PowerCut
            left -= 1
            return real(*given, **more)

        return call

    for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "unlink"), (Path, "mkdir")):
        monkeypatch.setattr(owner, name, counted(getattr(owner, name)))


@pytest.mark.parametrize("calls", range(26))
def test_the_power_may_go_at_every_step(
    folder: Path, first: Path, newer: Path, calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        cut_after(calls, patch)
        with suppress(PowerCut):
            whole_update(folder, newer, first)
    chosen = launcher.choose(folder, first).read_bytes()
    assert chosen in {b"old agent", b"new agent"}
    if Slots(folder, running="b").on_trial:
        for _ in range(launcher.TRIES):
            chosen = launcher.choose(folder, first).read_bytes()
        assert chosen == b"old agent", "a trial must end"


def test_the_steps_reach_the_disk_more_often_than_is_cut(
    folder: Path, first: Path, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        cut_after(25, patch)
        whole_update(folder, newer, first)


def test_the_launcher_stands_on_the_standard_library_alone() -> None:
    code = f"import runpy, sys; runpy.run_path({str(LAUNCHER)!r}); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-S", "-I", "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {name.partition(".")[0] for name in loaded} - set(sys.stdlib_module_names) <= {
        "__main__"
    }


@pytest.mark.parametrize("rubbish", [b"{}", b"", b"[]", b'{"version": 7}'])
def test_rubbish_about_what_was_given_up_never_stops_a_start(folder: Path, rubbish: bytes) -> None:
    (folder / "given-up").write_bytes(rubbish)
    slots = Slots(folder, running="a")
    assert slots.given_up is None or not slots.given_up.told
    slots.told()
