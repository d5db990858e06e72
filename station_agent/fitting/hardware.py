"""The rig: everything between the player and the ears, as the settings name it."""

from station_agent.hardware.kit import Kit
from station_agent.hardware.modbus_board import ModbusBoard
from station_agent.hardware.modbus_line import ModbusLine
from station_agent.hardware.parts import Parts
from station_agent.hardware.rig import RigThread
from station_agent.inputs import Inbox
from station_agent.settings import Settings


def make_kit(settings: Settings) -> Kit:
    """What the rig consists of."""
    board = settings.board is not None
    switches = settings.board_switches
    return Kit(
        amplifier=board and switches != "transmitter",
        carrier=board and switches != "amplifier",
        watchdog_s=settings.board_watchdog_s,
        settle_ms=settings.amplifier_settle_ms,
        hot_c=settings.hot_c,
        cool_c=settings.hot_c - 10,  # ten degrees are some minutes of rest
        vswr_max=settings.vswr_max,
        forward_min_w=settings.forward_min_w,
        battery_min_v=settings.battery_min_v,
    )


def make_board(settings: Settings) -> ModbusBoard | None:
    """The board, if there is one; its line is opened at the first question."""
    if settings.board is None:
        return None
    _, _, port = settings.board.partition(":")
    return ModbusBoard(ModbusLine(port, settings.board_baud), settings.board_address)


def make_rig(settings: Settings, inbox: Inbox) -> RigThread | None:
    """The rig, already on its way down; None for a station that has none, and is always ready."""
    kit = make_kit(settings)
    if not (kit.board or kit.radio):
        return None
    return RigThread(kit, Parts(board=make_board(settings)), inbox.put)
