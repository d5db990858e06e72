"""What cannot wait: stop, cancel, volume, emergency, all-clear."""

from contract.messages import (
    AllClear,
    Cancel,
    Diagnose,
    Emergency,
    Order,
    SelfTest,
    SetVolume,
    Signed,
    Stop,
)
from contract.states import Cause, Class, Late, Phase, Resume
from station_agent import self_test
from station_agent.actions import BringDiagnosis
from station_agent.draft import Draft
from station_agent.state import Airing


def obey(draft: Draft, message: Signed) -> None:
    """Do what a checked order, emergency or all-clear says, for the first time."""
    match message:
        case Order(do=Stop()):
            _stop(draft, message)
        case Order(do=Cancel(airing=airing)):
            _bar(draft, airing, message)
            _cancel(draft, airing, message)
        case Order(do=SetVolume(percent=percent)):
            draft.remember(volume=percent)
        case Order(do=SelfTest() as asked):
            self_test.begin(draft, message.id, asked)
        case Order(do=Diagnose()):
            draft.act(BringDiagnosis(order=message.id, until=message.exp))
        case Emergency():
            _sound(draft, message)
        case AllClear():
            _clear(draft, message)


def _stop(draft: Draft, order: Order) -> None:
    """End what sounds or is about to, and whatever waits to be resumed."""
    self_test.stop(draft)
    for airing in draft.state.open_airings:
        if airing.run is not None or airing.cut is not None:
            draft.halt(airing, Cause.STOPPED, by=order.id)


def _bar(draft: Draft, name: str, message: Signed) -> None:
    """Never start what has this name, whether it is known yet or not."""
    draft.remember(barred={**draft.state.memory.barred, name: message.exp})


def _cancel(draft: Draft, name: str, order: Order) -> None:
    airing = draft.state.memory.airings.get(name)
    planned = draft.state.plan.airings.get(name) if draft.state.plan else None
    if airing is None and planned is not None:
        draft.end(planned, Cause.CANCELLED, by=order.id)
    elif airing is not None and airing.phase is not Phase.DONE:
        draft.halt(airing, Cause.CANCELLED, by=order.id)


def _sound(draft: Draft, order: Emergency) -> None:
    """Take an emergency up; one whose all-clear came first is over before it begins."""
    if order.airing in draft.state.memory.airings:
        return  # another order for an airing that has begun: nothing airs twice
    airing = draft.keep(_airing(order))
    if order.id in draft.state.memory.barred or order.airing in draft.state.memory.barred:
        draft.end(airing, Cause.CANCELLED)


def _clear(draft: Draft, order: AllClear) -> None:
    _bar(draft, order.emergency, order)
    for airing in draft.state.open_airings:
        if airing.order == order.emergency:
            draft.halt(airing, Cause.CANCELLED, by=order.id)


def _airing(order: Emergency) -> Airing:
    """An emergency as an airing: due since it was made, and again from its beginning if cut."""
    return Airing(
        id=order.airing,
        bulletin=order.bulletin,
        recording=order.recording,
        cls=Class.EMERGENCY,
        rank=order.rank,
        planned_at=order.iat,
        resume=Resume.RESTART,
        late=Late.FROM_START,
        late_limit_ms=0,
        volume=order.volume,
        times=order.times,
        until=order.exp,
        order=order.id,
    )
