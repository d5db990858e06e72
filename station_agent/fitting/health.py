"""What tells how the box is, as the settings name its parts."""

from collections.abc import Callable
from contextlib import ExitStack

from station_agent.health import Machine
from station_agent.identity.papers import Papers
from station_agent.modem.watch import ModemWatch
from station_agent.ports import Health
from station_agent.settings import Settings


def make_machine(settings: Settings, stack: ExitStack) -> Callable[[], Health]:
    """The measurement; a modem is watched from now on, until the stack stops it."""
    papers = None if settings.identity is None else Papers(settings.identity)
    if settings.modem is None:
        return Machine(settings.data, papers).measure
    watch = ModemWatch(settings.modem)
    watch.start()
    stack.callback(watch.stop)
    return Machine(settings.data, papers, watch.told).measure
