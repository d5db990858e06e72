"""The rig: everything between the player and the ears, as the settings name it."""

from contextlib import ExitStack

from station_agent.clock import SystemClock
from station_agent.fitting.ear import open_ear
from station_agent.fitting.radio import make_exciter, make_receivers
from station_agent.hardware.bought import read_bought
from station_agent.hardware.bought_board import BoughtBoard
from station_agent.hardware.errors import BadProfile
from station_agent.hardware.fm.bands import licensed_khz
from station_agent.hardware.fm.coded.sounded import Sounder
from station_agent.hardware.kit import Kit
from station_agent.hardware.modbus_board import ModbusBoard
from station_agent.hardware.modbus_line import ModbusLine
from station_agent.hardware.parts import Parts
from station_agent.hardware.ports import Board
from station_agent.hardware.rig import RigThread
from station_agent.inputs import Inbox
from station_agent.rig_known import RigKnown
from station_agent.settings import Settings


def make_kit(settings: Settings, keep_alive_s: float | None) -> Kit:
    """What the rig consists of; `keep_alive_s` is of its receivers, if there are any."""
    board = settings.board is not None
    licence = settings.frequency_mhz
    switches = settings.board_switches
    return Kit(
        amplifier=board and switches != "transmitter",
        carrier=board and switches != "amplifier",
        exciter=settings.exciter is not None,
        keep_alive_s=keep_alive_s,
        latching=settings.radio.latching,
        frequency_khz=None if licence is None else licensed_khz(licence),
        watchdog_s=settings.board_watchdog_s,
        settle_ms=settings.amplifier_settle_ms,
        hot_c=settings.hot_c,
        cool_c=settings.hot_c - 10,  # ten degrees are some minutes of rest
        vswr_max=settings.vswr_max,
        forward_min_w=settings.forward_min_w,
        battery_min_v=settings.battery_min_v,
    )


def make_board(settings: Settings) -> Board | None:
    """The board, if there is one; its line is opened at the first question. Raises BadProfile."""
    if settings.board is None:
        return None
    _, _, port = settings.board.partition(":")
    line = ModbusLine(port, settings.board_baud)
    if settings.board_profile is None:
        return ModbusBoard(line, settings.board_address)
    bought = read_bought(settings.board_profile)
    relays = {"amplifier": bought.relays.amplifier, "transmitter": bought.relays.carrier}
    wanted = [settings.board_switches] if settings.board_switches != "both" else list(relays)
    if any(relays[one] is None for one in wanted):
        raise BadProfile(
            f"{settings.board_profile}: thiếu rơ-le cho TT_BOARD_SWITCHES={settings.board_switches}"
        )
    return BoughtBoard(line, bought)


def make_rig(
    settings: Settings, inbox: Inbox, clock: SystemClock, sounder: Sounder, stack: ExitStack
) -> tuple[RigThread, RigKnown] | tuple[None, None]:
    """The rig, already on its way down, and what the agent knows of it at first.

    The stack closes it, and what listens to it. A station without one is always ready.
    Raises BadProfile.
    """
    open_ear(settings, inbox, stack)
    receivers = make_receivers(settings.radio, settings.data, clock, sounder)
    kit = make_kit(settings, receivers.keep_alive_s if receivers else None)
    if not (kit.board or kit.radio or kit.receivers):
        return None, None
    parts = Parts(make_board(settings), make_exciter(settings.radio), receivers)
    known = RigKnown(rise_ms=kit.rise_ms, tail_ms=settings.tail_ms, hold_s=settings.hold_s)
    rig = RigThread(kit, parts, inbox.put)
    stack.callback(rig.close)
    return rig, known
