"""The two slots as the agent sees them: which one runs, what lies in the other one, the trial."""

import hashlib
import os
import shutil
from pathlib import Path

from station_agent.updates import launcher
from station_agent.updates.progress import GivenUp


class Slots:
    """The folder of slots; `running` is the slot that this process came from ("" for none)."""

    def __init__(self, folder: Path, running: str) -> None:
        self._folder, self._running = folder, running

    @property
    def on_trial(self) -> bool:
        """Whether this process is a copy that has not been kept yet."""
        slot, _ = launcher.trial(self._folder)
        return slot == self._running != self._current

    @property
    def given_up(self) -> GivenUp | None:
        """The last version that was given up."""
        found = launcher.read(self._folder / "given-up")
        if found is None:
            return None
        told = bool(found.get("told", False))
        return GivenUp(str(found.get("version", "")), str(found.get("why", "")), told)

    def told(self) -> None:
        """The journal says now that the version was given up."""
        found = launcher.read(self._folder / "given-up")
        if found is not None:
            launcher.write(self._folder / "given-up", {**found, "told": True})

    def stage(self, agent: Path) -> None:
        """Put a checked agent into the slot that does not run. Raises OSError."""
        slot = self._folder / self._spare
        shutil.rmtree(slot, ignore_errors=True)
        slot.mkdir(parents=True)
        _copy(agent, slot / launcher.AGENT)
        digest = hashlib.sha256((slot / launcher.AGENT).read_bytes()).hexdigest()
        (slot / launcher.SUM).write_text(digest, "ascii")
        _sync(slot / launcher.SUM)
        launcher.settle(slot)
        launcher.settle(self._folder)

    def try_out(self, version: str) -> None:
        """Let the next start be a trial of what was staged. Raises OSError."""
        content = {"slot": self._spare, "version": version, "tries": launcher.TRIES}
        launcher.write(self._folder / "trial", content)

    def keep(self) -> None:
        """The copy on trial is good: it is the current one from now on. Raises OSError."""
        launcher.write(self._folder / self._running / launcher.KEPT, {})
        launcher.write(self._folder / "current", {"slot": self._running})
        launcher.remove(self._folder / "trial")

    def give_up(self, why: str) -> None:
        """The copy on trial is bad: the next start is of the old one. Raises OSError."""
        launcher.give_up(self._folder, why)

    @property
    def _current(self) -> str:
        return str((launcher.read(self._folder / "current") or {}).get("slot", ""))

    @property
    def _spare(self) -> str:
        """Never the slot that runs; nor, if that leaves any, the good one."""
        current = self._current
        free = [slot for slot in launcher.SLOTS if slot != self._running]
        return next((slot for slot in free if slot != current), free[0])


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    _sync(target)


def _sync(file: Path) -> None:
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
