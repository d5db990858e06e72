"""How a station sounds: set by those who may, told by its plan, written in the audit."""

import pytest
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.errors import Refusal
from contract.messages import HourVolume, Sound
from contract.reports import Ack
from contract.states import Profile
from contract.windows import Window
from controller.errors import Invalid, NotFound, WrongState
from controller.model import AuditLine, StationPlan
from controller.plans import answered
from controller.station_sound import mark, previous_of, set_sound, sound_of, take_back
from controller.store import Store
from controller.tuning import Step, Taking, how_far
from tests.controller.air import plan_all, plan_of, register
from tests.controller.village import NOW, OneKey, settle

SOFT = Sound(volume=60, maximum=80, offset_ms=300, latency_ms=120)


def hours(start: str, end: str, percent: int) -> HourVolume:
    return HourVolume(hours=Window(start, end), percent=percent)


def test_a_changed_sound_is_in_the_next_plan_of_that_station_only(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        ours, other = register(session, v.suoi_may, 2)
        plan_all(session, signer)
        before = plan_of(session, ours, signer), plan_of(session, other, signer)
        set_sound(session, v.technician, ours, SOFT, now=NOW)
        plan_all(session, signer)
        after = plan_of(session, ours, signer), plan_of(session, other, signer)
        assert after[0].sound == SOFT
        assert after[0].seq == before[0].seq + 1
        assert after[1] == before[1]


def test_the_same_sound_again_makes_no_new_plan_and_no_line(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (ours,) = register(session, v.suoi_may)
        set_sound(session, v.technician, ours, SOFT, now=NOW)
        plan_all(session, signer)
        set_sound(session, v.technician, ours, SOFT, now=NOW)
        assert plan_all(session, signer) == 0
        lines = session.scalars(select(AuditLine).where(AuditLine.action == "station.sound")).all()
        assert [line.after for line in lines] == [
            {"volume": 60, "maximum": 80, "offset_ms": 300, "latency_ms": 120}
        ]


def test_only_those_who_manage_the_station_may_set_its_sound(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (ours,) = register(session, v.suoi_may)
        for person in (v.officer, v.stranger, v.auditor):
            with pytest.raises(NotFound):
                set_sound(session, person, ours, SOFT, now=NOW)
        assert sound_of(session, ours) == Sound()


@pytest.mark.parametrize(
    ("sound", "fields"),
    [
        (Sound(volume=90, maximum=80), ["volume"]),
        (Sound(maximum=90, emergency=80), ["emergency"]),
        (Sound(hours=(hours("05:00", "06:00", 20), hours("05:30", "07:00", 30))), ["hours"]),
        (Sound(maximum=50, hours=(hours("05:00", "06:00", 60),)), ["hours"]),
    ],
)
def test_a_sound_that_contradicts_itself_is_refused(
    store: Store, sound: Sound, fields: list[str]
) -> None:
    with store.writing() as session:
        v = settle(session)
        (ours,) = register(session, v.suoi_may)
        with pytest.raises(Invalid) as refused:
            set_sound(session, v.technician, ours, sound, now=NOW)
        assert [problem.field for problem in refused.value.problems] == fields


def seen(session: Session, station: str) -> str:
    return mark(sound_of(session, station))


def test_the_last_change_is_taken_back_and_the_taking_back_too(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (ours,) = register(session, v.suoi_may)
        assert previous_of(session, ours) is None
        with pytest.raises(WrongState):
            take_back(session, v.technician, ours, seen(session, ours), now=NOW)
        set_sound(session, v.technician, ours, SOFT, now=NOW)
        louder = replace(SOFT, volume=75, profile=Profile.HORN)
        set_sound(session, v.technician, ours, louder, now=NOW)
        take_back(session, v.technician, ours, seen(session, ours), now=NOW)
        assert (sound_of(session, ours), previous_of(session, ours)) == (SOFT, louder)
        take_back(session, v.technician, ours, seen(session, ours), now=NOW)
        assert (sound_of(session, ours), previous_of(session, ours)) == (louder, SOFT)
        with pytest.raises(WrongState, match="vừa được đổi"):
            take_back(session, v.technician, ours, mark(SOFT), now=NOW)  # the tap came twice
        assert sound_of(session, ours) == louder
        lines = session.scalars(select(AuditLine).where(AuditLine.action == "station.sound")).all()
        back = lines[2]
        assert back.before == {"volume": 75, "profile": "horn"}
        assert back.after == {"volume": 60, "profile": None}
        with pytest.raises(NotFound):
            take_back(session, v.officer, ours, seen(session, ours), now=NOW)


def test_a_sound_is_taken_when_the_newest_plan_tells_it_and_was_accepted(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (ours,) = register(session, v.suoi_may)
        assert how_far(session, ours) == Taking(Step.PLANNED)
        plan_all(session, signer)
        assert how_far(session, ours) == Taking(Step.SENT)
        answer(session, ours)
        assert how_far(session, ours) == Taking(Step.TAKEN, NOW)
        set_sound(session, v.technician, ours, SOFT, now=NOW)
        assert how_far(session, ours) == Taking(Step.PLANNED)
        plan_all(session, signer)
        answer(session, ours)
        set_sound(session, v.technician, ours, Sound(volume=30), now=NOW)
        take_back(session, v.technician, ours, seen(session, ours), now=NOW)
        assert plan_all(session, signer) == 0  # to and fro: the station has it already
        assert how_far(session, ours) == Taking(Step.TAKEN, NOW)
        set_sound(session, v.technician, ours, Sound(volume=30), now=NOW)
        plan_all(session, signer)
        answer(session, ours, Refusal.UNREADABLE)
        assert how_far(session, ours).step is Step.REFUSED


def answer(session: Session, station: str, refused: Refusal | None = None) -> None:
    """What a station says to its newest plan."""
    plan = session.get_one(StationPlan, station)
    ack = Ack(station=station, topic="plan", of=plan.id, at=NOW, refused=refused)
    answered(session, [ack], NOW)
