"""Runs start, fade, give way and come back to the sample, on a card of virtual time."""

from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_agent.player.instants import NS_PER_MS, NS_PER_S, ns_of, samples_in
from station_agent.player.sinks.card import BUFFER
from station_agent.player.wire import (
    Cause,
    Ended,
    Progress,
    Quit,
    Rejected,
    Started,
    Stop,
    Trouble,
    Volume,
)
from tests.station_agent.player.recordings import Samples, read_wav, speech_like
from tests.station_agent.player.studio import Studio

SPEECH = speech_like(3.0)
SIREN = speech_like(1.0, seed=7)
ROUNDING = 1.01 / 32_767  # one step of 16 bits


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio(tmp_path)


def same(heard: Samples, expected: Samples) -> bool:
    return len(heard) == len(expected) and float(np.abs(heard - expected).max()) <= ROUNDING


def test_a_run_starts_on_its_very_sample(studio: Studio) -> None:
    at = studio.play("a", SPEECH, in_ms=1234)
    studio.run_out()
    assert same(studio.heard(at - ns_of(10), 10), np.zeros(10, np.float32))
    assert same(studio.heard(at, len(SPEECH)), SPEECH)
    (started,) = studio.told(Started)
    assert abs(started.first_ns - at) <= NS_PER_S / 48_000


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25
)
@given(st.integers(450 * 10**6, 900 * 10**6))
def test_a_run_starts_on_its_sample_at_any_nanosecond(tmp_path: Path, wait_ns: int) -> None:
    studio = Studio(Path(mkdtemp(dir=tmp_path)))
    studio.play("a", SPEECH[:5000], in_ms=0, at_monotonic_ns=studio.pace.now() + wait_ns)
    studio.run_out()
    first_ns = studio.ended("a").first_ns
    assert first_ns is not None
    assert abs(first_ns - 5_000_000_000_000 - wait_ns) <= NS_PER_S / 48_000 / 2 + 1
    assert same(studio.heard(first_ns, 5000), SPEECH[:5000])


def test_the_end_is_told_when_the_last_sample_has_sounded(studio: Studio) -> None:
    at = studio.play("a", SPEECH, in_ms=500)
    studio.run_until(lambda: bool(studio.told(Ended)))
    ended = studio.ended("a")
    assert (ended.cause, ended.trouble) == (Cause.FINISHED, None)
    assert ended.played_samples == ended.total_samples == len(SPEECH)
    assert ended.last_ns is not None
    assert abs(ended.last_ns - at - ns_of(len(SPEECH))) <= NS_PER_S / 48_000
    assert studio.pace.now() >= ended.last_ns


def test_a_join_at_an_offset_plays_that_sample_first(studio: Studio) -> None:
    at = studio.play("a", SPEECH, in_ms=500, offset_samples=50_001)
    studio.run_out()
    assert same(studio.heard(at, len(SPEECH) - 50_001), SPEECH[50_001:])
    ended = studio.ended("a")
    assert (ended.from_sample, ended.played_samples) == (50_001, len(SPEECH) - 50_001)


def test_a_late_start_leaves_out_what_should_have_sounded(studio: Studio) -> None:
    at = studio.play("a", SPEECH, in_ms=-700)
    studio.run_out()
    ended = studio.ended("a")
    assert ended.first_ns is not None
    assert ended.from_sample == samples_in(ended.first_ns - at)
    assert ended.from_sample + ended.played_samples == len(SPEECH)
    assert same(studio.heard(at + 1500 * NS_PER_MS, 48_000), SPEECH[72_000:120_000])


def test_a_run_later_than_two_seconds_does_not_start(studio: Studio) -> None:
    studio.play("a", SPEECH, in_ms=-2100)
    studio.run_out()
    ended = studio.ended("a")
    assert (ended.cause, ended.trouble, ended.played_samples) == (Cause.FAILED, Trouble.LATE, 0)
    assert not studio.opened


def test_a_run_without_an_instant_sounds_behind_the_buffer_and_loses_nothing(
    studio: Studio,
) -> None:
    asked = studio.play("a", SPEECH)
    studio.run_out()
    assert studio.ended("a").first_ns == asked + ns_of(BUFFER)
    assert studio.ended("a").played_samples == len(SPEECH)


def test_a_recording_that_is_not_decoded_yet_starts_late_in_the_right_place(
    studio: Studio,
) -> None:
    at = studio.play("a", SPEECH, in_ms=300)
    studio.recordings["a"].ready = False
    studio.run_for(1000)
    studio.recordings["a"].ready = True
    studio.run_out()
    ended = studio.ended("a")
    assert ended.from_sample > 0
    assert same(studio.heard(at + 2 * NS_PER_S, 40_000), SPEECH[96_000:136_000])


def test_an_emergency_cuts_in_and_the_programme_resumes_at_the_cut(studio: Studio) -> None:
    studio.play("notice", SPEECH, in_ms=500)
    studio.run_for(1700)
    studio.engine.obey(Stop(run="notice", fade_ms=50))
    studio.play("siren", SIREN)
    studio.run_until(lambda: len(studio.told(Ended)) == 2)
    cut = studio.ended("notice")
    assert cut.cause is Cause.STOPPED
    resume_at = cut.from_sample + cut.played_samples
    studio.play("notice-again", SPEECH, offset_samples=resume_at)
    studio.run_out()
    again = studio.ended("notice-again")
    assert cut.first_ns is not None
    assert cut.last_ns is not None
    assert again.first_ns is not None
    fade = 50 * 48
    assert same(studio.heard(cut.first_ns, resume_at - fade), SPEECH[: resume_at - fade])
    assert again.from_sample + again.played_samples == len(SPEECH)
    assert same(studio.heard(again.first_ns, again.played_samples), SPEECH[resume_at:])
    siren = studio.ended("siren")
    assert siren.first_ns is not None
    after_the_fade = fade + 960
    tail = studio.heard(siren.first_ns + ns_of(after_the_fade), len(SIREN) - after_the_fade)
    assert same(tail, SIREN[after_the_fade:])


def test_a_stop_is_heard_within_the_fade_and_counts_it(studio: Studio) -> None:
    studio.play("a", np.full(480_000, 0.5, np.float32), in_ms=500)
    studio.run_for(2000)
    studio.engine.obey(Stop(run="a", fade_ms=100))
    told_at = studio.pace.now()
    studio.run_out()
    ended = studio.ended("a")
    assert ended.last_ns is not None
    assert ended.first_ns is not None
    assert ended.last_ns - told_at <= ns_of(BUFFER) + 100 * NS_PER_MS + ns_of(960)
    sound = studio.heard(ended.first_ns, ended.played_samples + 480)
    assert np.all(np.diff(sound[-4800 - 480 :]) <= ROUNDING)
    assert np.all(sound[-480:] == 0)
    assert sound[-480 - 2400] == pytest.approx(0.25, abs=0.001)


def test_a_run_fades_in(studio: Studio) -> None:
    at = studio.play("a", np.full(9600, 0.5, np.float32), in_ms=500, fade_in_ms=100)
    studio.run_out()
    sound = studio.heard(at, 9600)
    assert np.all(np.diff(sound[:4800]) >= -ROUNDING)
    assert sound[2400] == pytest.approx(0.25, abs=0.001)
    assert same(sound[4800:], np.full(4800, 0.5, np.float32))


def test_a_stop_before_the_start_ends_the_run_unheard(studio: Studio) -> None:
    studio.play("a", SPEECH, in_ms=60_000)
    studio.engine.obey(Stop(run="a"))
    studio.run_out()
    ended = studio.ended("a")
    assert (ended.cause, ended.first_ns, ended.last_ns) == (Cause.STOPPED, None, None)
    assert not studio.opened


def test_a_stop_of_something_else_changes_nothing(studio: Studio) -> None:
    studio.play("a", SPEECH, in_ms=500)
    studio.engine.obey(Stop(run="b"))
    studio.run_out()
    assert studio.ended("a").cause is Cause.FINISHED


def test_volume_and_gain_are_heard_and_reported(studio: Studio) -> None:
    studio.engine.obey(Volume(db=-6.0206))
    tone = np.full(48_000, 0.8, np.float32)
    first_block_at_full = 960
    at = studio.play("a", tone, in_ms=500, gain_db=-6.0206)
    studio.run_out()
    assert np.allclose(studio.heard(at, 48_000)[first_block_at_full:], 0.2, atol=1e-4)
    assert studio.ended("a").peak_dbfs == pytest.approx(-13.98, abs=0.01)
    assert studio.ended("a").rms_dbfs == pytest.approx(-13.98, abs=0.01)


def test_runs_that_follow_each_other_leave_no_gap(studio: Studio) -> None:
    at = studio.play("chime", SIREN, in_ms=500)
    end_ns = at + ns_of(len(SIREN))
    studio.play("notice", SPEECH, in_ms=0, at_monotonic_ns=end_ns)
    studio.run_out()
    both = np.concatenate([SIREN, SPEECH])
    assert same(studio.heard(at, len(both)), both)
    assert len(studio.opened) == 1


def test_the_card_is_open_only_around_the_sound(studio: Studio) -> None:
    studio.play("a", SIREN, in_ms=10_000)
    studio.run_for(9_000)
    assert not studio.opened
    studio.run_for(60_000)
    studio.play("b", SIREN, in_ms=10_000)
    studio.run_out()
    assert len(studio.opened) == 2
    lengths_s = [len(read_wav(path)) / 48_000 for path in studio.output.iterdir()]
    assert all(1.0 < length < 2.2 for length in lengths_s)


def test_the_same_run_twice_is_rejected_and_the_first_goes_on(studio: Studio) -> None:
    studio.play("a", SPEECH, in_ms=500)
    studio.play("a", SPEECH, in_ms=700)
    studio.run_out()
    assert len(studio.told(Rejected)) == 1
    assert studio.ended("a").played_samples == len(SPEECH)


def test_progress_counts_what_the_ear_has_heard(studio: Studio) -> None:
    at = studio.play("a", SPEECH, in_ms=500)
    moments: list[int] = []
    while not studio.told(Ended):
        before = len(studio.told(Progress))
        studio.run_for(1)
        moments += [studio.pace.now()] * (len(studio.told(Progress)) - before)
    told = studio.told(Progress)
    assert len(told) == 2
    for progress, moment in zip(told, moments, strict=True):
        assert abs(progress.played_samples - samples_in(moment - at)) <= 1


def test_a_stalled_player_counts_underruns_and_keeps_every_sample(studio: Studio) -> None:
    studio.play("a", SPEECH, in_ms=500)
    studio.run_for(1500)
    studio.pace.trigger_stall(400 * NS_PER_MS)
    studio.run_out()
    ended = studio.ended("a")
    assert (ended.underruns, ended.played_samples) == (1, len(SPEECH))
    assert ended.first_ns is not None
    assert ended.last_ns is not None
    gap = samples_in(ended.last_ns - ended.first_ns) - len(SPEECH)
    assert 0 < gap <= samples_in(400 * NS_PER_MS)
    assert ended.capture is not None
    assert same(read_wav(ended.capture), SPEECH)


def test_underruns_before_a_run_are_not_its_own(studio: Studio) -> None:
    studio.play("a", SPEECH, in_ms=500)
    studio.run_for(1500)
    studio.pace.trigger_stall(400 * NS_PER_MS)
    studio.play("b", SIREN)
    studio.run_out()
    assert studio.ended("a").underruns == 1
    assert studio.ended("b").underruns == 0


def test_a_slow_disk_counts_underruns_and_keeps_every_sample(studio: Studio) -> None:
    studio.play("a", SPEECH, in_ms=500)
    studio.run_for(1500)
    studio.recordings["a"].trigger_slow_disk(reads=3)
    studio.run_out()
    assert studio.ended("a").underruns == 3
    assert studio.ended("a").played_samples == len(SPEECH)


def test_a_recording_that_breaks_in_the_middle_fails_with_what_was_played(studio: Studio) -> None:
    studio.play("a", SPEECH, in_ms=500)
    studio.run_for(1500)
    studio.recordings["a"].trigger_damage()
    studio.run_out()
    ended = studio.ended("a")
    assert (ended.cause, ended.trouble) == (Cause.FAILED, Trouble.DAMAGED)
    assert 0 < ended.played_samples < len(SPEECH)
    assert studio.recordings["a"].closed


def test_a_broken_recording_fails_without_opening_the_card(studio: Studio) -> None:
    studio.play("a", SPEECH, in_ms=5000)
    studio.recordings["a"].trigger_damage()
    studio.run_for(10)
    assert studio.ended("a").trouble is Trouble.DAMAGED
    assert not studio.opened


def test_a_card_that_stops_fails_what_sounds_and_serves_the_next_run(studio: Studio) -> None:
    studio.play("a", SPEECH, in_ms=500)
    studio.play("later", SIREN, in_ms=20_000)
    studio.run_for(1500)
    studio.opened[0].trigger_unplugged()
    studio.run_until(lambda: bool(studio.told(Ended)))
    ended = studio.ended("a")
    assert (ended.cause, ended.trouble) == (Cause.FAILED, Trouble.DEVICE)
    assert 0 < ended.played_samples < len(SPEECH)
    studio.run_out()
    assert studio.ended("later").cause is Cause.FINISHED


def test_quitting_fades_out_and_tells_the_end(studio: Studio) -> None:
    studio.play("a", SPEECH, in_ms=500)
    studio.play("later", SPEECH, in_ms=60_000)
    studio.run_for(1500)
    studio.engine.obey(Quit())
    studio.run_for(10_000)
    assert studio.engine.over
    assert studio.ended("a").cause is Cause.STOPPED
    assert 0 < studio.ended("a").played_samples < len(SPEECH)
    assert studio.ended("later").played_samples == 0


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20
)
@given(
    st.lists(
        st.tuples(st.integers(0, 3000), st.integers(1, 60_000), st.integers(0, 3000)),
        min_size=1,
        max_size=6,
    ),
)
def test_every_play_has_one_end_and_its_capture_holds_what_was_counted(
    tmp_path: Path, plays: list[tuple[int, int, int]]
) -> None:
    studio = Studio(Path(mkdtemp(dir=tmp_path)))  # the card of another example would be in the way
    for number, (in_ms, length, stop_after_ms) in enumerate(plays):
        studio.play(f"r{number}", SPEECH[:length], in_ms=in_ms)
        studio.run_for(stop_after_ms)
        studio.engine.obey(Stop(run=f"r{number // 2}"))
    studio.run_out()
    for number, (_, length, _) in enumerate(plays):
        ended = studio.ended(f"r{number}")
        assert ended.trouble in (None, Trouble.LATE)
        assert ended.played_samples <= length
        if ended.cause is Cause.FINISHED:
            assert ended.from_sample + ended.played_samples == length
        captured = len(read_wav(ended.capture)) if ended.capture else 0
        assert captured == ended.played_samples


def test_a_second_playing_of_a_name_keeps_the_first_capture(studio: Studio) -> None:
    for _ in range(2):
        studio.recordings.clear()
        studio.play("a", SIREN, in_ms=500)
        studio.run_out()
    assert {path.name for path in studio.capture.iterdir()} == {"a.wav", "a-2.wav"}


def test_a_full_disk_costs_the_capture_and_not_the_broadcast(studio: Studio) -> None:
    studio.capture.write_text("a file where the folder should be")
    studio.play("a", SIREN, in_ms=500)
    studio.run_out()
    assert studio.ended("a").cause is Cause.FINISHED
    assert studio.ended("a").capture is None


def test_the_engine_rests_until_the_card_must_open(studio: Studio) -> None:
    assert studio.engine.rest_s() is None
    studio.play("a", SIREN, in_ms=60_000)
    assert studio.engine.rest_s() == pytest.approx(59.6)
