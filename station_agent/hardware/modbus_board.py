"""Our own I/O board over Modbus RTU: the register map, and nothing beside it."""

import time

from station_agent.hardware import modbus
from station_agent.hardware.errors import HardwareError
from station_agent.hardware.modbus_line import ModbusLine
from station_agent.hardware.readings import BoardReading, Output, Outputs
from station_agent.hardware.registers import (
    ARM,
    ARMED,
    NO_SENSOR,
    Coil,
    Discrete,
    Holding,
    Input,
)

COIL_OF = {
    Output.AMPLIFIER: Coil.AMP_POWER,
    Output.MUTE: Coil.SPK_MUTE,
    Output.CARRIER: Coil.FM_TX,
    Output.FAN: Coil.FAN,
    Output.WAKE_TONE: Coil.WAKE_TONE,
}


class ModbusBoard:
    """A `Board`. Writes the coils of the map, the guard time and the arm key; nothing else."""

    def __init__(self, line: ModbusLine, unit: int) -> None:
        self._line, self._unit = line, unit
        self._watchdog_s = 0

    def guard(self, watchdog_s: int) -> None:
        """Set the time after which a silent host means silence, and read it back."""
        held = modbus.read_words(self._unit, modbus.READ_HOLDINGS, Holding.WATCHDOG_S, 1)
        self._line.ask(held)  # first of all a question: it shows how the line behaves
        self._watchdog_s = watchdog_s
        self.feed()
        if modbus.words(self._line.ask(held))[0] != watchdog_s:
            raise HardwareError("Bo mạch không nhận thời gian canh chừng")

    def feed(self) -> None:
        """Write the guard time again: a board that was reset meanwhile has it back, too."""
        self._write(Holding.WATCHDOG_S, self._watchdog_s)

    def switch(self, output: Output, on: bool) -> None:
        """Set a coil; the board asks for the key before it lets itself be heard."""
        coil = COIL_OF[output]
        if on and coil in ARMED:
            self._write(Holding.ARM_KEY, ARM)
        self._line.ask(modbus.write_coil(self._unit, coil, on))

    def read(self) -> BoardReading:
        """Read the three tables."""
        coils = self._bits(modbus.READ_COILS, len(Coil))
        discretes = self._bits(modbus.READ_DISCRETES, len(Discrete))
        request = modbus.read_words(self._unit, modbus.READ_INPUTS, 0, len(Input))
        words = modbus.words(self._line.ask(request))
        return _reading(coils, discretes, words)

    def close(self) -> None:
        """Let the line go."""
        self._line.close()

    def _bits(self, function: int, count: int) -> list[bool]:
        return modbus.bits(self._line.ask(modbus.read_bits(self._unit, function, 0, count)), count)

    def _write(self, register: Holding, value: int) -> None:
        self._line.ask(modbus.write_holding(self._unit, register, value))


def outputs_of(coils: list[bool]) -> Outputs:
    """What the coils are."""
    return Outputs(
        amplifier=coils[Coil.AMP_POWER],
        muted=coils[Coil.SPK_MUTE],
        carrier=coils[Coil.FM_TX],
    )


def _reading(coils: list[bool], discretes: list[bool], words: list[int]) -> BoardReading:
    return BoardReading(
        mono_ns=time.monotonic_ns(),
        outputs=outputs_of(coils),
        door_open=discretes[Discrete.DOOR_OPEN],
        mains=discretes[Discrete.MAINS_PRESENT],
        interlock_closed=discretes[Discrete.INTERLOCK_CLOSED],
        pilot_ok=discretes[Discrete.PILOT_OK],
        temperature_c=_celsius(words[Input.TEMPERATURE_DC]),
        mains_v=words[Input.MAINS_DV] / 10,
        battery_v=words[Input.BATTERY_MV] / 1000,
        amp_ma=words[Input.AMP_MA],
        forward_w=words[Input.FORWARD_DW] / 10,
        reflected_w=words[Input.REFLECTED_DW] / 10,
        pilot_ma=words[Input.PILOT_MA],
        trips=words[Input.WATCHDOG_TRIPS],
        firmware=words[Input.FIRMWARE_VERSION],
        reset_cause=words[Input.RESET_CAUSE],
    )


def _celsius(word: int) -> float | None:
    """Tenths of a degree in sixteen signed bits; None when the sensor is broken."""
    if word == NO_SENSOR:
        return None
    return (word - 0x10000 if word >= 0x8000 else word) / 10
