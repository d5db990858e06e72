"""A station takes over a stream that a person has granted, in its slot, and nothing else."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec import UNSET

from contract.reports import Displaced, Trouble
from contract.states import Cause
from contract.windows import Window
from tests.fakes.box_world import Box
from tests.fakes.issuer import MINUTE, MORNING, SECOND, Issuer, recording

FALLBACK, NEWS, SIREN = recording("du-phong", 20), recording("tin", 60), recording("siren", 10)
AT = MORNING + 10 * MINUTE
SLOT = (AT, AT + 5 * MINUTE)
SAMPLES = 5 * 60 * 48_000


@pytest.fixture
def box(issuer: Issuer) -> Box:
    return Box(issuer)


def plan_relay(box: Box, span: tuple[datetime, datetime] = SLOT, **granted: Any) -> None:
    relay = box.issuer.relay("vov", span, FALLBACK, **granted)
    news = box.issuer.item("tin", span[1], NEWS)
    plan = box.issuer.plan((news, NEWS), relays=(relay,), recordings=(NEWS, FALLBACK))
    box.take(plan)


def test_a_granted_relay_sounds_from_its_start_to_its_end_and_what_follows_is_seamless(
    box: Box,
) -> None:
    plan_relay(box)
    box.wait_till(AT + 8 * MINUTE)
    (relay,), (news,) = box.heard("vov"), box.heard("tin")
    assert box.wall(relay.begin_ns) == AT
    assert relay.end_ns == news.begin_ns
    ended = box.ended("vov")
    assert (ended.cause, ended.played_samples, ended.total_samples) == (
        Cause.FINISHED,
        SAMPLES,
        SAMPLES,
    )


def test_a_relay_begins_without_its_fallback_and_tells_that_it_is_missing(box: Box) -> None:
    box.offline = True
    plan_relay(box)
    box.wait_till(AT + 8 * MINUTE)
    assert box.ended("vov").cause is Cause.FINISHED
    assert box.ended("tin").cause is Cause.NO_RECORDING
    (told,) = [line for line in box.lines if isinstance(line, Trouble)]
    assert "chưa có bản ghi dự phòng" in told.detail


def test_the_further_hosts_are_those_that_were_signed(box: Box) -> None:
    plan_relay(box, hosts=("cdn.example",))
    box.wait_till(AT + MINUTE)
    (airing,) = [each for each in box.state.open_airings if each.relay is not None]
    assert airing.relay.hosts == ("cdn.example",)


def test_what_ends_a_few_samples_late_opens_no_gap_before_the_next(box: Box) -> None:
    tune = recording("nhạc", 20.01)
    relay = box.issuer.relay("vov", SLOT, FALLBACK)
    item = box.issuer.item("nhạc", AT - 20 * SECOND, tune)
    box.take(box.issuer.plan((item, tune), relays=(relay,), recordings=(tune, FALLBACK)))
    box.wait_till(AT + 8 * MINUTE)
    (before,), (after,) = box.heard("nhạc"), box.heard("vov")
    assert box.wall(after.begin_ns) == AT
    assert before.end_ns - after.begin_ns == 10_000_000
    assert box.ended("vov").played_samples == box.ended("vov").total_samples


@pytest.mark.parametrize(
    "granted",
    [
        {"stream": "http://other.example/live"},
        {"bulletin": "b-other"},
        {"exp": AT + 4 * MINUTE},
        {"nbf": AT + SECOND},
        {"aud": ("elsewhere",)},
        {"fallback": SIREN.sha256},
    ],
    ids=str,
)
def test_what_was_not_granted_like_this_is_not_heard(box: Box, granted: dict[str, Any]) -> None:
    plan_relay(box, **granted)
    box.wait_till(AT + 8 * MINUTE)
    assert box.heard("vov") == []
    assert box.ended("vov").cause is Cause.NOT_RELEASED


def test_an_emergency_cuts_in_and_the_relay_is_joined_again_live(box: Box) -> None:
    plan_relay(box)
    box.wait_till(AT + MINUTE)
    box.take(box.issuer.emergency("siren", SIREN))
    box.wait_till(AT + 8 * MINUTE)
    before, after = box.heard("vov")
    assert before.stopped
    assert box.wall(after.end_ns) - SLOT[1] < timedelta(milliseconds=1)
    assert len(box.of(Displaced, "vov")) == 1


def test_a_relay_stays_within_the_permitted_hours(box: Box) -> None:
    relay = box.issuer.relay("vov", SLOT, FALLBACK)
    closed = (Window("17:00", "18:00"),)
    box.take(box.issuer.plan(relays=(relay,), recordings=(FALLBACK,), windows=closed))
    box.wait_till(AT + 8 * MINUTE)
    assert box.heard("vov") == []
    assert box.ended("vov").cause is Cause.WINDOW


def test_what_the_player_counted_of_each_run_is_told_at_the_end(box: Box) -> None:
    plan_relay(box)
    box.player.relayed_share = 0.75
    box.wait_till(AT + MINUTE)
    box.take(box.issuer.emergency("siren", SIREN))
    box.wait_till(AT + 8 * MINUTE)
    ended = box.ended("vov")
    counts = (ended.relayed_samples, ended.fallback_samples, ended.silent_samples)
    live = round(ended.played_samples * 0.75)
    assert counts == pytest.approx((live, ended.played_samples - live, 0), abs=2)


def test_what_is_no_relay_tells_no_such_counts(box: Box) -> None:
    plan_relay(box)
    box.wait_till(AT + 8 * MINUTE)
    assert box.ended("tin").relayed_samples is UNSET
