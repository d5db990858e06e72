"""A stranger on our frequency is told while we sound; noise, a gap and our own rig never are."""

from datetime import UTC, datetime, timedelta

import numpy as np

from contract.messages import Recording
from contract.reports import Trouble
from contract.states import Class, Late, Resume
from station_agent.actions import Write
from station_agent.draft import Draft
from station_agent.evidence import ear_care
from station_agent.evidence.ear_known import EarKnown, Kind
from station_agent.evidence.listening import Sound
from station_agent.evidence.timeline import SLOT_NS
from station_agent.player import wire
from station_agent.rig_known import RigKnown
from station_agent.state import AgentState, Airing, Memory, Moment, Run
from tests.fakes.issuer import Issuer

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
LAG = 4
AIRING = Airing(
    id="tin",
    bulletin="b",
    recording=Recording(sha256="0" * 64, path="r", size=1, samples=1, format="audio/wav"),
    cls=Class.NORMAL,
    rank=0,
    planned_at=NOON,
    resume=Resume.DROP,
    late=Late.JOIN,
    late_limit_ms=0,
    run=Run(number=1, from_sample=0, anchor=NOON, due_ns=0, first_ns=0),
    runs=1,
)


def speech(seed: int, slots: int) -> list[float]:
    """Levels of somebody who speaks."""
    rng = np.random.default_rng(seed)
    return [float(level) for level in rng.uniform(-45, -12, slots)]


class Listener:
    """An agent with an ear, told of one second after another."""

    def __init__(self, kind: Kind, *, on_air: bool, rig: RigKnown | None = None) -> None:
        airings = {"tin": AIRING} if on_air else {}
        self.state = AgentState(
            station="sm-1",
            trust=Issuer(NOON).trust,
            default_volume=100,
            memory=Memory(airings=airings),
            ear=EarKnown(kind=kind),
            rig=rig,
        )
        self.told: list[Trouble] = []

    def second(self, number: int, played: list[float], heard: list[float]) -> None:
        at = Moment(NOON + timedelta(seconds=number), number * 10 * SLOT_NS)
        draft = Draft(self.state, at)
        if played:
            word = wire.Progress(
                run="tin-1",
                from_sample=0,
                played_samples=0,
                underruns=0,
                first_level=number * 10,
                levels=tuple(played),
            )
            ear_care.play(draft, word)
        ear_care.hear(draft, number * 10, tuple(heard))
        self.state = draft.state
        events = [action.event for action in draft.actions if isinstance(action, Write)]
        self.told += [event for event in events if isinstance(event, Trouble)]

    def air(self, ours: list[float], heard: list[float]) -> None:
        for number in range(len(ours) // 10):
            part = slice(number * 10, number * 10 + 10)
            self.second(number, ours[part], heard[part])


def test_a_stranger_who_cuts_in_is_told_once_and_ours_is_counted_as_ours() -> None:
    ours = speech(1, 300)
    clean = [-60.0] * LAG + ours[:-LAG]
    radio = Listener(Kind.RADIO, on_air=True)
    radio.air(ours[:150], clean[:150])
    assert radio.told == []
    assert set(radio.state.gathered["tin"].sounds) == {Sound.PROGRAMME}
    assert radio.state.ear is not None
    assert radio.state.ear.lag == LAG

    radio = Listener(Kind.RADIO, on_air=True)
    radio.air(ours, clean[:150] + speech(2, 150))
    (told,) = radio.told
    assert (told.code, told.detail) == ("foreign", ear_care.FOREIGN_ON_AIR)


def test_a_microphone_may_hear_whom_it_likes() -> None:
    village = Listener(Kind.MICROPHONE, on_air=True)
    village.air(speech(1, 200), speech(2, 200))
    assert village.told == []
    quiet = Listener(Kind.MICROPHONE, on_air=False)
    for number in range(20):
        quiet.second(number, [], speech(number, 10))
    assert quiet.told == []


def test_anybody_on_our_silent_frequency_is_a_stranger_but_noise_and_our_own_codes() -> None:
    rng = np.random.default_rng(4)
    hissing = Listener(Kind.RADIO, on_air=False)
    waking = Listener(Kind.RADIO, on_air=False, rig=RigKnown(rise_ms=0, tail_ms=0, hold_s=0))
    spoken = Listener(Kind.RADIO, on_air=False)
    for number in range(20):
        hissing.second(number, [], [float(level) for level in rng.normal(-20, 0.3, 10)])
        waking.second(number, [], speech(number, 10))
        spoken.second(number, [], speech(number, 10))
    assert hissing.told == waking.told == []
    assert [told.detail for told in spoken.told] == [ear_care.FOREIGN_SILENT]


def test_a_stranger_who_comes_back_after_a_minute_is_told_again() -> None:
    radio = Listener(Kind.RADIO, on_air=False)
    for number in range(100):
        strange = number < 15 or number > 85
        radio.second(number, [], speech(number, 10) if strange else [-70.0] * 10)
    assert len(radio.told) == 2
