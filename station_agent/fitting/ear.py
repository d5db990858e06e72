"""The ear, as the settings name it."""

from contextlib import ExitStack

from station_agent.ear.process import EarProcess
from station_agent.evidence.ear_known import EarKnown, Kind
from station_agent.inputs import Inbox
from station_agent.settings import Settings


def ear_of(settings: Settings) -> EarKnown | None:
    """What the agent knows of it at first."""
    if settings.ear is None:
        return None
    return EarKnown(kind=Kind(settings.ear.partition(":")[0]))


def open_ear(settings: Settings, inbox: Inbox, stack: ExitStack) -> None:
    """Have it listen until the stack is left, if there is one."""
    if settings.ear is not None:
        stack.callback(EarProcess(settings.ear.partition(":")[2], inbox.put).close)
