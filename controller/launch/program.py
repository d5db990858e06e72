"""What the launcher must know about a program, and the environment that its process gets."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from contract.settings import PREFIX
from controller.broker.owner import Owner


def nothing_to_mend(_said: str) -> None:
    """The default: what a program wrote before it died early asks for no repair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One program of a run. `ready` may block for a moment, and never raises."""

    name: str
    argv: Sequence[str]
    ready: Callable[[], bool]
    settings: Mapping[str, str] = field(default_factory=dict)  # TT_* variables, all it gets
    check_every_s: float | None = None  # ask `ready` on: thrice no, and it is killed; None: never
    ready_within_s: float = 30.0  # a cold start of the slowest part on a loaded small machine
    stop_within_s: float = 5.0  # what a station needs to fade out and write its last line
    inherits: Sequence[int] = ()  # open files that it gets under the same numbers
    owner: Owner | None = None  # the system user to run as; None: ours
    mend: Callable[[str], None] = nothing_to_mend  # called with its words if it dies unready


def environment(settings: Mapping[str, str], ours: Mapping[str, str]) -> dict[str, str]:
    """Our environment without any TT_* of ours, so that runs cannot leak into each other."""
    return {name: text for name, text in ours.items() if not name.startswith(PREFIX)} | {**settings}


def pids_file(data: Path) -> Path:
    """Where a launcher tells which process is which: JSON, name to process id."""
    return data / "run" / "pids.json"


def pids(data: Path) -> dict[str, int]:
    """The process ids of the present run, by program."""
    found: dict[str, int] = json.loads(pids_file(data).read_text())
    return found


def log_file(data: Path, name: str) -> Path:
    """Where a program's output goes, over all its starts."""
    return data / "log" / f"{name}.log"
