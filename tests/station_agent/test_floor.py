"""A box that takes the place of another obeys nothing that was made for that one."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from contract.claims import Floor
from contract.errors import Refusal
from contract.messages import Plan, Signed
from contract.reports import MessageRefused
from contract.signing import CLOCK_TOLERANCE
from station_agent.events import Woke
from station_agent.state import Memory
from tests.fakes.box_world import Box
from tests.fakes.issuer import MINUTE, MORNING, Issuer, recording

SOUND = recording("tin", 60)
CLAIMED = MORNING + MINUTE
HIGHEST = 40


@pytest.fixture
def box(issuer: Issuer) -> Box:
    """Claimed a minute after the other box's last orders, and with nothing in its memory."""
    found = Box(issuer, now=CLAIMED)
    floor = Floor(epoch=2, seq=HIGHEST, not_before=CLAIMED)
    found.state = replace(found.state, floor=floor)
    return found


def plan(box: Box, epoch: int, seq: int) -> Plan:
    item = box.issuer.item("a", CLAIMED + MINUTE, SOUND)
    return box.issuer.plan((item, SOUND), epoch=epoch, seq=seq)


def refused(box: Box, message: Signed) -> Refusal | None:
    """Send it; why it was not obeyed, journalled and answered in words that people read."""
    box.lines.clear()
    box.answers.clear()
    box.take(message)
    (answer,) = box.answers
    lines = box.of(MessageRefused)
    assert [line.reason for line in lines] == ([answer.refused] if answer.refused else [])
    assert answer.refused is None or "hộp trước" in answer.detail
    return answer.refused


@pytest.mark.parametrize(("epoch", "seq"), [(1, 1_000), (2, HIGHEST - 1), (2, HIGHEST)])
def test_a_plan_of_the_box_before_is_refused(box: Box, epoch: int, seq: int) -> None:
    assert refused(box, plan(box, epoch, seq)) is Refusal.OTHER_BOX
    assert box.state.plan is None


@pytest.mark.parametrize(("epoch", "seq"), [(2, HIGHEST + 1), (3, 1)])
def test_the_next_plan_is_taken(box: Box, epoch: int, seq: int) -> None:
    assert refused(box, plan(box, epoch, seq)) is None
    assert box.state.memory.highest == (epoch, seq)


def test_an_order_recorded_before_the_claim_is_refused_and_a_later_one_obeyed(box: Box) -> None:
    box.issuer.now = CLAIMED - timedelta(seconds=1)
    assert refused(box, box.issuer.set_volume(95)) is Refusal.OTHER_BOX
    assert box.state.memory.volume is None
    box.issuer.now = CLAIMED
    assert refused(box, box.issuer.set_volume(30)) is None
    assert box.state.memory.volume == 30


def test_an_emergency_from_before_the_claim_sounds_and_its_all_clear_ends_it(box: Box) -> None:
    box.issuer.now = CLAIMED - CLOCK_TOLERANCE
    order = box.issuer.emergency("e", SOUND)
    all_clear = box.issuer.all_clear("e")
    assert refused(box, order) is None
    box.wait(timedelta(seconds=5))
    assert box.heard("e")
    assert refused(box, all_clear) is None
    box.wait(timedelta(seconds=5))
    assert box.ended("e")


def test_what_the_box_itself_has_taken_since_counts_when_it_is_higher(box: Box) -> None:
    assert refused(box, plan(box, 2, HIGHEST + 5)) is None
    box.lines.clear()
    box.answers.clear()
    box.take(plan(box, 2, HIGHEST + 1))
    (answer,) = box.answers
    assert answer.refused is Refusal.STALE


def test_the_floor_outlives_a_lost_journal(box: Box) -> None:
    assert refused(box, plan(box, 2, HIGHEST + 1)) is None
    box.state = replace(box.state, memory=Memory(), plan=None)
    box.tell(Woke(shelf=frozenset()))
    assert refused(box, plan(box, 2, HIGHEST)) is Refusal.OTHER_BOX
