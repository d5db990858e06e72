"""What readings of the board, and looks of the ear, prove."""

import numpy as np
import pytest

from contract.proofs import (
    AMPLIFIER_FOLLOWS,
    AMPLIFIER_SILENT,
    AMPLIFIER_UNCLEAR,
    EAR_HEARS,
    EAR_NOTHING,
    EAR_OTHER,
    EAR_UNCLEAR,
    LINE_LESS,
    LINE_MORE,
    LINE_OPEN,
    LINE_SHORT,
    LINE_UNCLEAR,
    LINE_WELL,
)
from station_agent.evidence import line, sound
from station_agent.evidence.correlation import Sums
from station_agent.evidence.ear_known import Kind
from station_agent.evidence.gathered import Expected, Gathered
from station_agent.evidence.listening import Sound, lively
from station_agent.evidence.timeline import NOTHING, SLOT_NS, Timeline
from station_agent.hardware.readings import BoardReading, Outputs
from station_agent.player import wire

IDLE = 400
UP = Outputs(amplifier=True, muted=False, carrier=False)


def proved(rise_ma: float, seconds: int, level: float = 0.2, wander_ma: float = 0.0) -> str:
    """Play noise that swells, read the board twice a second; the code that comes of it."""
    rng = np.random.default_rng(5)
    loud = rng.uniform(0.1, 1.0, seconds * 10) * level
    expected, gathered = Expected(idle_ma=IDLE), Gathered()
    gathered = gathered.start(wire.Started(run="a-1", first_ns=0, from_sample=0))
    for second in range(seconds):
        slots = range(second * 10, second * 10 + 10)
        for slot in (slots[2], slots[7]):
            ma = IDLE + round(rise_ma * loud[slot] + wander_ma * rng.normal())
            reading = BoardReading(mono_ns=slot * SLOT_NS, outputs=UP, amp_ma=ma)
            gathered = gathered.look(reading, expected)
        told = wire.Progress(
            run="a-1",
            from_sample=0,
            played_samples=0,
            underruns=0,
            first_level=slots[0],
            levels=tuple(20 * np.log10(loud[list(slots)])),
        )
        gathered = gathered.hear(told)
    (proof,) = gathered.proofs(expected)
    return proof.code


def test_a_current_that_rises_and_falls_with_the_programme_is_the_programmes() -> None:
    assert proved(8_000, 20, wander_ma=100) == AMPLIFIER_FOLLOWS


def test_a_current_that_stays_at_rest_is_an_amplifier_without_a_signal() -> None:
    assert proved(0, 20, wander_ma=5) == AMPLIFIER_SILENT


@pytest.mark.parametrize(
    ("rise_ma", "seconds", "level", "wander_ma"),
    [(8_000, 4, 0.2, 0), (8_000, 20, 0.001, 0), (0, 20, 0.2, 900)],
    ids=["short", "quiet", "something else draws it"],
)
def test_what_proves_nothing_is_not_held_against_anybody(
    rise_ma: float, seconds: int, level: float, wander_ma: float
) -> None:
    assert proved(rise_ma, seconds, level, abs(wander_ma)) == AMPLIFIER_UNCLEAR


@pytest.mark.parametrize(
    ("pilot_ma", "code"),
    [(120, LINE_WELL), (60, LINE_LESS), (1, LINE_OPEN), (800, LINE_SHORT), (180, LINE_MORE)],
)
def test_the_line_is_told_by_its_pilot(pilot_ma: int, code: str) -> None:
    assert line.judge({line.state_of(pilot_ma, 120): 20}).code == code


def test_a_line_that_wavers_or_was_hardly_seen_proves_nothing() -> None:
    assert line.judge({LINE_WELL: 10, LINE_OPEN: 10}).code == LINE_UNCLEAR
    assert line.judge({LINE_OPEN: 3}).code == LINE_UNCLEAR
    assert line.judge({}).code == LINE_UNCLEAR


@pytest.mark.parametrize(
    ("heard", "kind", "code"),
    [
        (Sound.PROGRAMME, Kind.MICROPHONE, EAR_HEARS),
        (Sound.OTHER, Kind.RADIO, EAR_OTHER),
        (Sound.OTHER, Kind.MICROPHONE, EAR_UNCLEAR),
        (Sound.NOTHING, Kind.RADIO, EAR_NOTHING),
        (Sound.UNSURE, Kind.RADIO, EAR_UNCLEAR),
    ],
)
def test_a_microphone_that_hears_the_market_proves_nothing(
    heard: Sound, kind: Kind, code: str
) -> None:
    assert sound.judge({heard: 8}, kind).code == code


def test_noise_is_never_lively_whatever_turns_it_up() -> None:
    rng = np.random.default_rng(1)
    hiss = 20 * np.log10(np.abs(rng.normal(1, 0.025, 3_000)))
    gain = np.repeat(rng.uniform(-20, 0, 100), 30) * np.linspace(0, 1, 3_000)
    for levels in (hiss - 20, hiss - 20 + gain, np.full(3_000, -90.0)):
        assert not any(lively(levels[n : n + 30]) for n in range(2_970))


def test_correlation_is_pearsons() -> None:
    rng = np.random.default_rng(2)
    x = rng.normal(size=200)
    y = x + rng.normal(size=200)
    sums = Sums()
    for one, other in zip(x, y, strict=True):
        sums = sums.plus(one, other)
    assert sums.r == pytest.approx(np.corrcoef(x, y)[0, 1])


def test_a_timeline_fills_its_gaps_and_takes_nothing_twice() -> None:
    told = Timeline().plus(5, (-10.0, -11.0)).plus(6, (-99.0, -12.0)).plus(9, (-13.0,))
    assert told.window(5, 10) == (-10.0, -11.0, -12.0, NOTHING, -13.0)
    assert told.window(4, 9) == ()
    assert told.window(9, 11) == ()
