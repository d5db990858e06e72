"""The launcher: chooses which copy of the agent runs. Standard library only; never updates itself.

Two slots hold two copies. `current` names the good one; `trial`, if it is there, names the one
being tried and how many starts it has left. Everything is changed by writing a new file and
renaming it, with both on the disk before anybody acts on them, so that a power cut at any instant
leaves a slot that starts. A copy of this file is installed beside the slots, not inside one.
"""

import hashlib
import json
import os
import pwd
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

SLOTS = ("a", "b")
AGENT = "station.pyz"  # the copy of the agent in a slot
SUM = "station.sha256"  # what it must be
KEPT = "kept"  # the mark of a copy that has proved itself
TRIES = 3  # starts of a copy on trial: one may end in a power cut, two in a row are bad luck
INSTALLED = Path("/opt/tt-station")  # what the package brings: `runtime` and the first agent
STATE = Path("/var/lib/tt-station/updates")


def choose(state: Path, first: Path) -> Path:
    """The agent to start now; a trial loses one of its tries, on the disk, before it runs.

    A slot whose bytes are not the promised ones is passed over. `first` is the agent that came
    with the package: it is always there, and what is older than it is passed over too.
    """
    current = (read(state / "current") or {}).get("slot")
    slot, tries = trial(state)
    if slot is not None and slot != current and whole(state / slot) and older(state / slot, first):
        remove(state / "trial")
    elif slot is not None and slot != current:
        if tries > 0 and whole(state / slot):
            write(state / "trial", {**(read(state / "trial") or {}), "tries": tries - 1})
            return state / slot / AGENT
        give_up(state, "không khởi động được")
    if current in SLOTS:
        # damaged: the one before it, which was good once, but never what was only tried
        before = [slot for slot in SLOTS if (state / slot / KEPT).exists()]
        for kept in (str(current), *before):
            if whole(state / kept) and not older(state / kept, first):
                return state / kept / AGENT
    return first


def trial(state: Path) -> tuple[str | None, int]:
    """The slot on trial and how many starts it has left; None when there is no trial.

    What is kept in the middle of being kept (current already, trial still there) is no trial.
    """
    found = read(state / "trial") or {}
    slot, tries = found.get("slot"), found.get("tries")
    return (slot if slot in SLOTS else None), (tries if isinstance(tries, int) else 0)


def give_up(state: Path, why: str) -> None:
    """End a trial: its version is not tried again."""
    version = (read(state / "trial") or {}).get("version", "")
    write(state / "given-up", {"version": version, "why": why, "told": False})
    remove(state / "trial")


def whole(slot: Path) -> bool:
    """Whether the slot's agent is there, byte for byte as it was put there."""
    try:
        promised = (slot / SUM).read_text("ascii").strip()
        return hashlib.sha256((slot / AGENT).read_bytes()).hexdigest() == promised
    except (OSError, ValueError):
        return False


def older(slot: Path, first: Path) -> bool:
    """Whether the package that was installed last brought a newer agent than the slot holds."""
    return _numbers(slot / AGENT) < _numbers(first)


def _numbers(agent: Path) -> list[int]:
    """Of its version, as `version.older` compares them; none when they cannot be read."""
    try:
        with zipfile.ZipFile(agent) as packed:
            text = packed.read("contract/__init__.py").decode()
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        return []
    found = re.search(r'^__version__ = "(\d+(?:\.\d+)*)', text, re.MULTILINE)
    numbers = [int(part) for part in found[1].split(".")] if found else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers


def read(file: Path) -> dict[str, Any] | None:
    """A small state file; None when it is not there or cannot be read."""
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def write(file: Path, content: dict[str, Any]) -> None:
    """Replace a small state file so that a power cut leaves the old one or the new one."""
    new = file.with_suffix(".new")
    with new.open("wb") as out:
        out.write(json.dumps(content).encode())
        out.flush()
        os.fsync(out.fileno())
    new.replace(file)
    settle(file.parent)


def remove(file: Path) -> None:
    """Remove a state file, lastingly."""
    file.unlink(missing_ok=True)
    settle(file.parent)


def settle(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def main(argv: list[str]) -> None:
    """Become the chosen agent. Only `run` uses a try up; other commands look at what runs."""
    installed = Path(os.environ.get("STATION_INSTALLED", INSTALLED))
    state = Path(os.environ.get("STATION_UPDATES", STATE))
    first = installed / "first" / AGENT
    agent = first
    if argv[:1] != ["claim"] or os.geteuid() != 0:  # a claim writes into /etc, as root
        step_down(state)
        agent = chosen(argv, state, first)
    paths = os.pathsep.join([str(agent), str(installed / "runtime")])
    environ = {**os.environ, "PYTHONPATH": paths, "STATION_UPDATES": str(state)}
    environ["STATION_SLOT"] = agent.parent.name
    command = [sys.executable, "-P", "-m", "station_agent", *argv]
    os.execve(command[0], command, environ)  # noqa: S606 - becomes the agent, without a shell


def step_down(state: Path) -> None:
    """Root becomes the station's user, to whom the slots belong.

    What that user can write, root must not run; nor leave files that it cannot write any more.
    """
    if os.geteuid() != 0 or not state.exists():
        return
    owner = state.stat()
    if owner.st_uid == 0:
        return
    try:
        groups = os.getgrouplist(pwd.getpwuid(owner.st_uid).pw_name, owner.st_gid)
    except KeyError:
        groups = [owner.st_gid]
    os.setgroups(groups)
    os.setgid(owner.st_gid)
    os.setuid(owner.st_uid)


def chosen(argv: list[str], state: Path, first: Path) -> Path:
    """The agent for these words."""
    try:
        return choose(state, first) if argv[:1] == ["run"] else standing(state, first)
    except OSError as error:  # a disk that cannot be written must not keep a station silent
        print(f"tt-station: {error}", file=sys.stderr)
        return standing(state, first)


def standing(state: Path, first: Path) -> Path:
    """The good agent, without touching anything."""
    current = (read(state / "current") or {}).get("slot")
    slot = state / str(current)
    good = current in SLOTS and whole(slot) and not older(slot, first)
    return slot / AGENT if good else first


if __name__ == "__main__":
    main(sys.argv[1:])
