"""A station follows the offline keys, never back, and over a restart."""

from datetime import timedelta

import msgspec
import pytest

from contract import codec, roots, topics
from contract.errors import Refusal
from contract.reports import MessageRefused
from contract.roots import RootChain
from contract.trust import Role
from station_agent.errors import BadTrust
from station_agent.events import MessageArrived, Woke
from station_agent.held_root import HeldRoot
from station_agent.records import Records
from station_agent.state import Memory
from station_agent.trusted import load_trust
from tests.contract.roots_world import OFFLINE, by, role, root
from tests.fakes.box_world import Box
from tests.fakes.issuer import MORNING, Issuer, recording

SOUND = recording("gong")
SOON = MORNING + timedelta(minutes=1)


def first_of(issuer):
    return root(1, OFFLINE, roles=issuer.trust.roles)


def second_for(issuer, **changes):
    """A root that takes the first one's plan key away, or whatever `changes` say."""
    fields = {"roles": first_of(issuer).roles | {Role.PLAN: role(OFFLINE[:1], 1)}} | changes
    return root(2, OFFLINE, **fields)


def rooted(issuer, anchor="a" * 64):
    box = Box(issuer, shelf=(SOUND,))
    held = HeldRoot(anchor=anchor, root=first_of(issuer))
    box.state = msgspec.structs.replace(box.state, root=held, trust=held.root.trust)
    return box


def send(box, *envelopes):
    chain = codec.encode(RootChain(chain=envelopes))
    box.tell(MessageArrived(topic=topics.ROOTS, payload=chain))


def refusals(box):
    return [line.reason for line in box.lines if isinstance(line, MessageRefused)]


def sounding(box):
    return any(airing.live for airing in box.state.open_airings)


@pytest.fixture
def issuer():
    return Issuer()


def test_a_new_root_changes_whose_plans_are_obeyed(issuer):
    box = rooted(issuer)
    send(box, by(first_of(issuer), *OFFLINE), by(second_for(issuer), *OFFLINE))
    assert box.state.root.root.version == 2
    box.take(issuer.plan())
    assert refusals(box) == [Refusal.UNSIGNED]


def test_what_a_revoked_key_has_planned_falls_silent(issuer):
    box = rooted(issuer)
    box.take(issuer.plan((issuer.item("news", SOON, SOUND), SOUND)))
    box.wait(timedelta(minutes=1, seconds=10))
    assert sounding(box)
    send(box, by(first_of(issuer), *OFFLINE), by(second_for(issuer), *OFFLINE))
    box.wait(timedelta(seconds=2))
    assert not sounding(box)
    assert box.state.plan is None


def test_an_emergency_that_sounds_goes_on_under_new_keys(issuer):
    box = rooted(issuer)
    box.take(issuer.emergency("flood", SOUND))
    box.wait(timedelta(seconds=5))
    roles = first_of(issuer).roles | {Role.EMERGENCY: role(OFFLINE[1:], 2)}
    send(box, by(first_of(issuer), *OFFLINE), by(second_for(issuer, roles=roles), *OFFLINE))
    box.wait(timedelta(seconds=5))
    assert sounding(box)
    box.take(issuer.emergency("flood-again", SOUND))
    assert refusals(box) == [Refusal.UNSIGNED]


def test_one_of_three_root_keys_changes_nothing(issuer):
    box = rooted(issuer)
    send(box, by(first_of(issuer), *OFFLINE), by(second_for(issuer), OFFLINE[0]))
    assert refusals(box) == [Refusal.NOT_ENOUGH_SIGNATURES]
    assert box.state.root.root.version == 1


def test_a_shorter_chain_takes_nothing_back(issuer):
    box = rooted(issuer)
    send(box, by(first_of(issuer), *OFFLINE), by(second_for(issuer), *OFFLINE))
    send(box, by(first_of(issuer), *OFFLINE))
    assert refusals(box) == [Refusal.STALE]
    assert box.state.root.root.version == 2


def test_a_station_without_a_root_takes_none(issuer):
    box = Box(issuer)
    send(box, by(first_of(issuer), *OFFLINE))
    assert refusals(box) == [Refusal.UNSIGNED]


@pytest.mark.parametrize(("anchor", "version"), [("a" * 64, 2), ("b" * 64, 1)])
def test_at_a_start_the_newer_root_of_one_chain_counts_and_a_foreign_file_before_both(
    issuer, anchor, version
):
    box = rooted(issuer)
    remembered = HeldRoot(anchor="a" * 64, root=second_for(issuer))
    filed = HeldRoot(anchor=anchor, root=first_of(issuer))
    box.state = msgspec.structs.replace(box.state, memory=Memory(root=remembered), root=filed)
    box.tell(Woke(shelf=frozenset()))
    assert box.state.root.root.version == version


def test_the_root_is_on_the_disk(tmp_path, issuer):
    held = HeldRoot(anchor="a" * 64, root=second_for(issuer))
    records = Records(tmp_path / "station.db", MORNING)
    records.commit(Memory(), Memory(root=held), [], [], MORNING)
    records.close()
    again = Records(tmp_path / "station.db", MORNING)
    assert again.recall().root == held
    again.close()


def test_a_chain_in_a_file_is_walked_to_its_end(tmp_path, issuer):
    chain = RootChain(chain=(by(first_of(issuer), *OFFLINE), by(second_for(issuer), *OFFLINE)))
    (tmp_path / "roots.json").write_bytes(codec.encode(chain))
    found = load_trust(tmp_path / "roots.json")
    assert found.root.root == roots.walk(chain)
    assert found.trust == found.root.root.trust


def test_a_file_whose_second_root_is_not_signed_is_told(tmp_path, issuer):
    chain = RootChain(chain=(by(first_of(issuer), *OFFLINE), by(second_for(issuer), OFFLINE[0])))
    (tmp_path / "roots.json").write_bytes(codec.encode(chain))
    with pytest.raises(BadTrust, match="1 of 2 signatures"):
        load_trust(tmp_path / "roots.json")
