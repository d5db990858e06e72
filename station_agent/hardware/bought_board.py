"""Bought relays and a bought meter doing the work of our board, as far as they can.

Such a board does not watch its host. So no relay is ever closed for good: each closes for the
guard time only, and every feed closes it anew. What stands still opens by itself.
"""

import time

from station_agent.hardware import modbus
from station_agent.hardware.bought import Bought
from station_agent.hardware.errors import HardwareError
from station_agent.hardware.modbus_line import ModbusLine
from station_agent.hardware.readings import BoardReading, Output, Outputs

PROOF_TENTHS = 2  # the shortest time that a relay of 20 ms is surely seen closed in
PROOF_S = 0.6  # thrice that: by then it must have opened
METER_REST_S = 30.0
"""A meter that does not answer (it is fed by the mains that it measures) is left alone so long:
its time-outs would slow down what matters more."""

PZEM_WORDS = 3  # volts in tenths; milliamperes in two words, the low one first
MAINS_MIN_V = 150.0  # below it no amplifier for 220 V works


class BoughtBoard:
    """A `Board`. Writes the relays that are described, and nothing else; never to the meter,
    which takes calibration by a write."""

    def __init__(self, line: ModbusLine, bought: Bought) -> None:
        self._line, self._relays, self._meter = line, bought.relays, bought.meter
        self._tenths = 0
        self._closed: set[int] = set()
        self._proven = False
        self._ask_meter_s = 0.0

    def guard(self, watchdog_s: int) -> None:
        """Take the guard time, and prove by a relay that one opens by itself."""
        self._tenths = watchdog_s * 10
        relay = self._to_prove(self._coils())
        if relay is None:
            return
        self._flash(relay, PROOF_TENTHS)
        until_s = time.monotonic() + PROOF_S
        while self._coils()[relay]:
            if time.monotonic() > until_s:
                self._open(relay)
                raise HardwareError("Rơ-le không tự nhả: bo mạch này không canh chừng được")
        self._proven = True

    def _to_prove(self, before: list[bool]) -> int | None:
        """The muting relay, unheard, each time; without one the transmitter's, once, before it
        goes on in earnest: its power supply is not to be worn out by proofs."""
        relays = self._relays
        if relays.amplifier is not None:
            return None if before[relays.amplifier] else relays.sound
        carrier_on = relays.carrier is not None and before[relays.carrier]
        return None if self._proven or carrier_on else relays.carrier

    def feed(self) -> None:
        """Close anew what is closed."""
        for relay in sorted(self._closed):
            self._flash(relay, self._tenths)

    def switch(self, output: Output, on: bool) -> None:
        """Close or open the relay of an output; an output without one is off for ever."""
        relay = self._relay_of(output)
        if relay is None:
            return
        if on is (output is not Output.MUTE):
            self._flash(relay, self._tenths)
            self._closed.add(relay)
        else:
            self._closed.discard(relay)
            self._open(relay)

    def read(self) -> BoardReading:
        """Read the relays back, and the meter if it answers."""
        coils = self._coils()
        mains_v, amp_ma = self._measured()
        return BoardReading(
            mono_ns=time.monotonic_ns(),
            outputs=self._outputs(coils),
            mains=None if mains_v is None else mains_v >= MAINS_MIN_V,
            mains_v=mains_v,
            amp_ma=amp_ma,
        )

    def close(self) -> None:
        """Let the line go."""
        self._line.close()

    def _relay_of(self, output: Output) -> int | None:
        match output:
            case Output.AMPLIFIER:
                return self._relays.amplifier
            case Output.MUTE:
                return self._relays.sound
            case Output.CARRIER:
                return self._relays.carrier
            case _:
                return None

    def _outputs(self, coils: list[bool]) -> Outputs:
        relays = self._relays
        return Outputs(
            amplifier=relays.amplifier is not None and coils[relays.amplifier],
            muted=relays.sound is None or not coils[relays.sound],
            carrier=relays.carrier is not None and coils[relays.carrier],
        )

    def _coils(self) -> list[bool]:
        count = self._relays.count
        asked = modbus.read_bits(self._relays.unit, modbus.READ_COILS, 0, count)
        return modbus.bits(self._line.ask(asked), count)

    def _flash(self, relay: int, tenths: int) -> None:
        relays = self._relays
        self._line.ask(modbus.flash_coil(relays.unit, relays.flash, relay, tenths))

    def _open(self, relay: int) -> None:
        self._line.ask(modbus.write_coil(self._relays.unit, relay, False))

    def _measured(self) -> tuple[float | None, int | None]:
        """Volts and milliamperes; None for what cannot be had."""
        if self._meter is None or time.monotonic() < self._ask_meter_s:
            return None, None
        asked = modbus.read_words(self._meter.unit, modbus.READ_INPUTS, 0, PZEM_WORDS)
        try:
            tenths_v, low_ma, high_ma = modbus.words(self._line.ask(asked))
        except HardwareError:  # also one that refuses: it only measures, and holds no sound back
            self._ask_meter_s = time.monotonic() + METER_REST_S
            return None, None
        return tenths_v / 10, high_ma << 16 | low_ma
