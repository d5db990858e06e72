"""The world around a simulated board: what its sensors would see, given what its outputs do."""

from math import pi, sin

from firmware_stubs import pilot
from firmware_stubs.board import Senses
from firmware_stubs.calibration import PILOT_MA_PER_COUNT
from firmware_stubs.registers import AMP_POWER, FM_TX, SPK_MUTE

SPEECH_COUNTS, SPEECH_HZ = 300, 700  # the programme on the line beside the pilot


class World:
    """A station in good order, until it is told otherwise; units as in the register map."""

    def __init__(self) -> None:
        self.facts = {
            "door_open": 0,
            "mains_present": 1,
            "interlock_closed": 1,
            "temperature_dc": 350,
            "mains_dv": 2300,
            "battery_mv": 12600,
            "idle_ma": 400,  # the amplifier when it is on
            "programme_ma": 0,  # and what the programme adds while nothing is muted
            "forward_dw": 500,
            "reflected_dw": 5,
            "pilot_ma": 120,
            "stuck_on": 0,  # outputs that stay on, or off, whatever they are told: coil n is bit n
            "stuck_off": 0,
        }
        self._line: tuple[int, int] | None = None
        self._pilot_ma = 0

    def change(self, facts: dict[str, int]) -> None:
        """Make the world different. Raises KeyError for a fact that it does not have."""
        unknown = [name for name in facts if name not in self.facts]
        if unknown:
            raise KeyError(unknown[0])
        self.facts.update(facts)

    def pads(self, coils: list[int]) -> list[int]:
        """Return what the outputs really are."""
        bits = sum(coil << n for n, coil in enumerate(coils))
        bits = (bits | self.facts["stuck_on"]) & ~self.facts["stuck_off"]
        return [bits >> n & 1 for n in range(len(coils))]

    def senses(self, pads: list[int]) -> Senses:
        """Return what the sensors see."""
        f = self.facts
        sounding = pads[AMP_POWER] and not pads[SPK_MUTE]
        return Senses(
            door_open=f["door_open"],
            mains_present=f["mains_present"],
            interlock_closed=f["interlock_closed"],
            temperature_dc=f["temperature_dc"],
            mains_dv=f["mains_dv"],
            battery_mv=f["battery_mv"],
            amp_ma=(f["idle_ma"] if pads[AMP_POWER] else 0)
            + (f["programme_ma"] if sounding else 0),
            forward_dw=f["forward_dw"] if pads[FM_TX] else 0,
            reflected_dw=f["reflected_dw"] if pads[FM_TX] else 0,
            pilot_ma=self._measured(f["pilot_ma"] if pads[AMP_POWER] else 0, sounding),
        )

    def _measured(self, true_ma: int, sounding: int) -> int:
        """Measure the pilot as a board does, from samples; again only when the line differs."""
        if self._line != (true_ma, sounding):
            self._line = (true_ma, sounding)
            speech = SPEECH_COUNTS if sounding else 0
            self._pilot_ma = round(pilot.amplitude(samples(true_ma, speech)) * PILOT_MA_PER_COUNT)
        return self._pilot_ma


def samples(pilot_ma: int, speech_counts: int) -> list[int]:
    """Return what a 12-bit converter takes from the line in one measurement."""
    step = 2 * pi / pilot.SAMPLE_HZ
    peak = pilot_ma / PILOT_MA_PER_COUNT
    taken = []
    for n in range(pilot.SAMPLES):
        volts = peak * sin(step * pilot.PILOT_HZ * n) + speech_counts * sin(step * SPEECH_HZ * n)
        taken.append(min(4095, max(0, 2048 + round(volts))))
    return taken
