"""What each step of the rig has its parts do, before they are looked at; pure."""

from station_agent.hardware.deeds import Deed, Guard, Key, Release, Switch, Wake
from station_agent.hardware.kit import Kit
from station_agent.hardware.ports import Reach
from station_agent.hardware.readings import Output
from station_agent.hardware.steps import Step


def work(kit: Kit, step: Step, goal: Reach | None, woken: Reach | None) -> list[Deed]:
    """The deeds of one try of a step; all of them may be repeated."""
    deeds: dict[Step, list[Deed]] = {
        Step.CHECK: [Guard(kit.watchdog_s)] if kit.board else [],
        Step.CARRIER: _carrier_on(kit),
        Step.WAKE: [Wake(goal or Reach.OWN)],
        Step.AMPLIFIER: [Switch(Output.AMPLIFIER, True)],
        Step.UNMUTE: [Switch(Output.MUTE, False)],
        Step.MUTE: [Switch(Output.MUTE, True)],
        Step.AMPLIFIER_OFF: [Switch(Output.AMPLIFIER, False)],
        Step.RELEASE: [Release(woken)] if woken else [],
        Step.CARRIER_OFF: _carrier_off(kit),
    }
    return deeds.get(step, [])


def _carrier_on(kit: Kit) -> list[Deed]:
    """The board first: it may give the exciter its power."""
    board: list[Deed] = [Switch(Output.CARRIER, True)] if kit.carrier else []
    return [*board, Key(True)] if kit.exciter else board


def _carrier_off(kit: Kit) -> list[Deed]:
    """The exciter first: it goes off in its own way before its power does."""
    exciter: list[Deed] = [Key(False)] if kit.exciter else []
    if not kit.board:
        return exciter
    return [*exciter, Switch(Output.CARRIER, False), Switch(Output.WAKE_TONE, False)]
