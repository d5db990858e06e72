"""Power, player, disk and clock fail; nothing is lost, doubled or aired at a wrong time."""

from datetime import UTC, datetime, timedelta

import pytest

from contract.reports import Ended, RecordingLost, Started, Trouble
from contract.states import Cause
from station_agent.events import FetchFailed, RecordingCleared, RecordingSpoilt
from station_agent.player import wire
from tests.fakes.box_world import Box
from tests.fakes.issuer import MINUTE, MORNING, SECOND, Issuer, recording

SOUND, SIREN = recording("tin", 60), recording("siren", 10)
AT = MORNING + 2 * MINUTE


@pytest.fixture
def box(issuer: Issuer) -> Box:
    found = Box(issuer)
    found.take(issuer.plan((issuer.item("a", AT, SOUND), SOUND)))
    return found


def test_a_station_killed_in_mid_sentence_goes_on_where_it_would_be(box: Box) -> None:
    box.wait_till(AT + 20 * SECOND)
    box.cut_power(off=5 * SECOND)
    box.wait(2 * MINUTE)
    ended = box.ended("a")
    assert ended.cause is Cause.FINISHED
    assert ended.started_at == AT
    # 20 s of the first run, then from 25.3 s on
    assert ended.played_samples == pytest.approx((60 - 5.3) * 48_000, abs=100)
    assert len(box.of(Started, "a")) == 2
    assert box.player.heard[-1].run == "a-2"


def test_a_station_that_comes_back_after_the_end_says_that_the_power_failed(box: Box) -> None:
    box.wait_till(AT + 20 * SECOND)
    box.cut_power(off=timedelta(minutes=10))
    box.wait(MINUTE)
    ended = box.ended("a")
    assert (ended.cause, ended.played_samples) == (Cause.POWER, 20 * 48_000)
    assert ended.ended_at == AT + 20 * SECOND


def test_what_has_ended_is_not_aired_again_after_a_power_cut(box: Box) -> None:
    box.wait_till(AT + 62 * SECOND)
    box.cut_power(off=SECOND)
    box.wait(MINUTE)
    assert len(box.of(Ended, "a")) == 1
    assert len(box.heard("a")) == 1


def test_a_dead_player_is_replaced_and_the_airing_goes_on(box: Box) -> None:
    box.wait_till(AT + 20 * SECOND)
    box.kill_player()
    box.wait(2 * MINUTE)
    assert box.players == 2
    assert [line.code for line in box.of(Trouble)] == ["player"]
    assert box.ended("a").cause is Cause.FINISHED
    assert box.ended("a").played_samples == pytest.approx(59.7 * 48_000, abs=100)


def test_a_player_that_dies_again_and_again_is_given_up_for_this_airing(box: Box) -> None:
    box.wait_till(AT + 5 * SECOND)
    while not box.of(Ended, "a"):
        box.kill_player()
        box.wait(3 * SECOND)
    assert len(box.heard("a")) == 4
    assert box.ended("a").cause is Cause.PLAYER


def test_a_player_that_says_nothing_is_ended_and_replaced(box: Box) -> None:
    box.wait_till(AT + 20 * SECOND)
    box.player.trigger_hang()
    box.wait(2 * MINUTE)
    assert box.players == 2
    assert box.ended("a").cause is Cause.FINISHED


def test_a_busy_sound_card_is_tried_again(box: Box) -> None:
    box.player.trigger_failure(wire.Trouble.DEVICE)
    box.wait_till(AT + 2 * MINUTE)
    assert box.ended("a").cause is Cause.FINISHED
    assert [line.code for line in box.of(Trouble)] == ["player"]


def test_a_corrupted_recording_is_fetched_again_and_sounds_in_time(box: Box) -> None:
    box.player.trigger_failure(wire.Trouble.WRONG_HASH)
    box.wait_till(AT + 2 * MINUTE)
    (lost,) = box.of(RecordingLost)
    assert lost.recording == SOUND.sha256
    assert box.dropped == [SOUND.sha256]
    assert box.wall(box.heard("a")[0].begin_ns) == AT
    assert box.ended("a").played_samples == SOUND.samples


def test_a_recording_found_spoilt_on_the_shelf_is_fetched_again(box: Box) -> None:
    box.shelf.discard(SOUND.sha256)
    box.tell(RecordingSpoilt(sha256=SOUND.sha256, detail="khác"))
    box.wait_till(AT + 2 * MINUTE)
    assert len(box.of(RecordingLost)) == 1
    assert box.ended("a").cause is Cause.FINISHED


def test_a_recording_that_cannot_be_decoded_is_not_tried_again(box: Box) -> None:
    box.player.trigger_failure(wire.Trouble.DAMAGED)
    box.wait_till(AT + 2 * MINUTE)
    assert box.ended("a").cause is Cause.BAD_RECORDING
    assert box.dropped == []


def test_a_recording_that_made_room_is_not_played_before_it_is_there_again(box: Box) -> None:
    box.offline = True
    box.shelf.discard(SOUND.sha256)
    box.tell(RecordingCleared(SOUND.sha256))
    box.wait_till(AT + 10 * SECOND)
    assert box.player.heard == []
    box.fetch()
    box.wait(2 * MINUTE)
    assert box.ended("a").cause is Cause.FINISHED
    assert box.of(RecordingLost) == []


def test_a_week_of_one_trouble_does_not_fill_the_journal(box: Box) -> None:
    for _ in range(600):
        box.kill_player()
        box.wait(6 * SECOND)
    told = [line for line in box.of(Trouble) if line.code == "player"]
    assert 12 <= len(told) <= 24


def test_a_fetch_that_fails_is_told_once(box: Box) -> None:
    for _ in range(3):
        box.tell(FetchFailed(sha256="0" * 64, detail="đứt"))
    assert [line.code for line in box.of(Trouble)] == ["media"]


def test_nothing_airs_twice_when_the_clock_goes_back(box: Box) -> None:
    box.wait_till(AT + 2 * MINUTE)
    box.step_clock(timedelta(minutes=-5) + 4 * MINUTE)
    box.wait(10 * MINUTE)
    assert len(box.heard("a")) == 1
    assert len(box.of(Ended, "a")) == 1


def test_what_sounds_goes_on_when_the_clock_jumps(box: Box) -> None:
    box.wait_till(AT + 20 * SECOND)
    box.step_clock(timedelta(seconds=40))
    box.wait(MINUTE)
    assert box.ended("a").played_samples == SOUND.samples
    assert len(box.heard("a")) == 1


def test_what_waits_for_its_instant_follows_the_clock(box: Box) -> None:
    box.wait_till(AT - SECOND)
    box.step_clock(timedelta(seconds=-30))
    box.wait(3 * MINUTE)
    (run,) = box.heard("a")
    assert abs(box.wall(run.begin_ns) - AT) < timedelta(milliseconds=1)


def test_a_clock_behind_the_plan_airs_nothing_but_emergencies(issuer: Issuer) -> None:
    box = Box(issuer, now=datetime(1970, 1, 1, 8, tzinfo=UTC))
    box.take(issuer.plan((issuer.item("a", AT, SOUND), SOUND)))
    box.take(issuer.emergency("siren", SIREN))
    box.wait(MINUTE)
    assert [line.code for line in box.of(Trouble)] == ["clock"]
    assert [run.airing for run in box.player.heard] == ["siren"]
    assert box.ended("siren").cause is Cause.FINISHED
    box.step_clock(AT - SECOND - box.now)
    box.wait(2 * MINUTE)
    assert box.ended("a").cause is Cause.FINISHED


def test_without_a_plan_there_is_silence(issuer: Issuer) -> None:
    box = Box(issuer)
    box.wait(timedelta(hours=1))
    assert box.player.heard == []
    assert box.lines == []
