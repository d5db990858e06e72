"""What hangs on the card gets the sound that fits it, at the very same instants."""

import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import csd, welch

from contract.states import Profile
from station_agent.player.instants import NS_PER_S, ns_of, samples_in
from station_agent.player.ports import Block
from station_agent.player.shaping import shaped
from station_agent.player.wire import Cause, Ended, Shape, Started, Stop
from tests.station_agent.player.box import Box
from tests.station_agent.player.oracles import (
    after_pre_emphasis,
    expected,
    response_db,
    true_peak_dbtp,
)
from tests.station_agent.player.recordings import (
    Samples,
    likeness,
    play,
    read_wav,
    speech_like,
    write_wav,
)
from tests.station_agent.player.studio import Studio

SHAPING = [Profile.HORN, Profile.FM]
CEILING_DBTP = -1.0
RNG = np.random.default_rng(3)
NOISE = RNG.uniform(-1, 1, 4 * 48_000).astype(np.float32)
QUIET = speech_like(2.0) * np.float32(0.4)  # the limiter has nothing to do, after pre-emphasis too
SIREN = speech_like(1.0, seed=7) * np.float32(0.4)
CLOSE = 1.5 / 32_767  # rounding to 16 bits, and what a finite filter leaves out of an endless one
TIME = np.arange(48_000) / 48_000
HOT = {
    "noise": NOISE[:48_000],
    "square": np.sign(np.sin(2 * np.pi * 310 * TIME)),
    "high tone": np.sin(2 * np.pi * 6999 * TIME + 0.4),
    "bursts": NOISE[:48_000] * (np.sin(2 * np.pi * 11 * TIME) > 0.8),
    "sibilants": np.sin(2 * np.pi * 12_000 * TIME) * (np.sin(2 * np.pi * 5 * TIME) > 0),
    "clicks": (RNG.random(48_000) < 0.001) * 1.0,
}


class Tape:
    """An open sink of memory, whose next sample always sounds at 0."""

    underruns = 0

    def __init__(self) -> None:
        self.blocks: list[Block] = []

    def next_dac(self) -> int:
        return 0

    def write(self, block: Block) -> int:
        self.blocks.append(block)
        return 0

    def close(self) -> None: ...


def taped(profile: Profile, sound: Samples, cuts: list[int]) -> Samples:
    """The sound after the profile, written in blocks that end at `cuts`."""
    tape = Tape()
    sink = shaped(lambda: tape, profile)()
    for start, end in pairwise([0, *sorted(cuts), len(sound)]):
        sink.write(sound[start:end])
    return np.concatenate(tape.blocks)


def played(where: Path, profile: Profile, sound: Samples) -> Samples:
    """What the card hears of a recording, with half a second of what comes after."""
    studio = Studio(where, profile)
    at = studio.play("a", sound.astype(np.float32), in_ms=500)
    studio.run_out()
    return studio.heard(at - ns_of(4800), len(sound) + 24_000)


@pytest.mark.parametrize("profile", SHAPING)
def test_a_profile_passes_the_frequencies_it_promises(tmp_path: Path, profile: Profile) -> None:
    sound = NOISE * np.float32(0.2)
    heard = played(tmp_path, profile, sound)[4800 : 4800 + len(sound)]
    hz, crossed = csd(sound, heard, 48_000, nperseg=8192)
    _, power = welch(sound, 48_000, nperseg=8192)
    measured, wanted = 20 * np.log10(np.abs(crossed) / power), response_db(profile, hz)
    told_apart = hz > 30  # the first bins of a windowed transform see each other
    assert np.all(np.abs(measured - wanted)[told_apart & (wanted > -30)] <= 1.0)
    assert np.all(measured[told_apart & (wanted < -45)] <= -40)


def test_a_horn_gets_no_bass_and_clearer_consonants() -> None:
    hz = np.array([100.0, 275.0, 600.0, 2000.0, 2828.0, 4000.0, 8000.0, 14_000.0])
    measured = taped(Profile.HORN, np.pad(np.full(1, 0.5, np.float32), (0, 8191)), [])
    delays = np.arange(len(measured))
    found = np.abs(np.exp(-2j * np.pi * np.outer(hz, delays) / 48_000) @ measured) / 0.5
    bass, cutoff, middle, *consonants, top, above = 20 * np.log10(found)
    assert bass < -30
    assert cutoff == pytest.approx(-3, abs=0.3)
    assert abs(middle) < 0.5
    assert consonants == pytest.approx([2.4, 3.0, 2.4], abs=0.2)
    assert top < -2
    assert above < -20


@pytest.mark.parametrize("profile", SHAPING)
def test_every_sample_keeps_its_instant(tmp_path: Path, profile: Profile) -> None:
    studio = Studio(tmp_path, profile)
    at = studio.play("a", QUIET, in_ms=1234)
    studio.run_out()
    ended = studio.ended("a")
    heard, wanted = studio.heard(at, len(QUIET)), expected(profile, QUIET)
    np.testing.assert_allclose(heard, wanted, atol=CLOSE)
    assert ended.first_ns is not None
    assert abs(ended.first_ns - at) <= NS_PER_S / 48_000
    assert (ended.cause, ended.played_samples) == (Cause.FINISHED, len(QUIET))
    assert ended.capture is not None
    np.testing.assert_allclose(read_wav(ended.capture), QUIET, atol=CLOSE)


@pytest.mark.parametrize("profile", SHAPING)
def test_an_emergency_and_the_return_of_the_programme_leave_no_trace_in_the_filter(
    tmp_path: Path, profile: Profile
) -> None:
    studio = Studio(tmp_path, profile)
    studio.play("notice", QUIET, in_ms=500)
    studio.run_for(1100)
    studio.engine.obey(Stop(run="notice", fade_ms=50))
    studio.play("siren", SIREN)
    studio.run_until(lambda: len(studio.told(Ended)) == 2)
    cut = studio.ended("notice")
    resume_at = cut.from_sample + cut.played_samples
    studio.play("again", QUIET, offset_samples=resume_at, fade_in_ms=20)
    studio.run_out()
    (card,) = studio.output.iterdir()
    heard = read_wav(card)
    programme = np.zeros(len(heard), np.float32)
    for run in ("notice", "siren", "again"):
        ended = studio.ended(run)
        assert ended.first_ns is not None
        assert ended.capture is not None
        first = samples_in(ended.first_ns - int(card.stem))
        programme[first : first + ended.played_samples] = read_wav(ended.capture)
    assert studio.ended("again").played_samples == len(QUIET) - resume_at
    np.testing.assert_allclose(heard, expected(profile, programme), atol=2 * CLOSE)


@pytest.mark.parametrize("sound", HOT)
def test_a_horn_gets_no_peak_over_the_ceiling(tmp_path: Path, sound: str) -> None:
    heard = played(tmp_path, Profile.HORN, HOT[sound])
    assert true_peak_dbtp(heard) <= CEILING_DBTP


@pytest.mark.parametrize("sound", HOT)
def test_an_exciter_gets_no_peak_over_the_ceiling_after_its_pre_emphasis(
    tmp_path: Path, sound: str
) -> None:
    heard = played(tmp_path, Profile.FM, HOT[sound])
    assert true_peak_dbtp(after_pre_emphasis(heard)) <= CEILING_DBTP
    assert true_peak_dbtp(heard) <= CEILING_DBTP


@pytest.mark.parametrize("profile", SHAPING)
def test_the_limiter_takes_no_more_than_it_must_and_lets_go(
    tmp_path: Path, profile: Profile
) -> None:
    loud = np.sin(2 * np.pi * 1000 * TIME)
    sound = np.concatenate([0.1 * loud, loud, 0.1 * loud])
    heard = played(tmp_path, profile, sound)[4800 : 4800 + len(sound)]
    before, during, after = (heard[n * 48_000 + 24_000 : (n + 1) * 48_000 - 960] for n in range(3))
    emphasised = 0.4 if profile is Profile.FM else 0.0  # 1 kHz after 50 µs
    assert CEILING_DBTP - 0.5 <= true_peak_dbtp(during) + emphasised <= CEILING_DBTP + 0.1
    np.testing.assert_allclose(after, before, atol=2 * CLOSE)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(SHAPING), st.sets(st.integers(1, 5999), max_size=30))
def test_where_blocks_meet_is_not_heard(profile: Profile, cuts: set[int]) -> None:
    whole = taped(profile, NOISE[:6000], [])
    np.testing.assert_allclose(taped(profile, NOISE[:6000], list(cuts)), whole, atol=2e-6)


@pytest.mark.parametrize("profile", SHAPING)
def test_silence_stays_silence_and_comes_back_after_sound(profile: Profile) -> None:
    assert not taped(profile, np.zeros(9600, np.float32), list(range(960, 9600, 960))).any()
    sound = np.concatenate([NOISE[:9600], np.zeros(4800, np.float32)])
    assert not taped(profile, sound, list(range(960, 14_400, 960)))[-2400:].any()


@pytest.mark.parametrize("profile", SHAPING)
def test_a_sample_that_is_no_number_does_not_silence_what_follows(profile: Profile) -> None:
    sound = QUIET.copy()
    sound[5000] = np.nan
    cuts = list(range(960, len(sound), 960))
    bad, good = taped(profile, sound, cuts)[9600:], taped(profile, QUIET, cuts)[9600:]
    np.testing.assert_array_equal(bad, good)


def test_the_flat_profile_is_the_bare_sink() -> None:
    assert shaped(Tape, Profile.FLAT) is Tape


@pytest.mark.listens
def test_a_player_process_shapes_what_sounds_and_captures_what_was_approved(
    tmp_path: Path,
) -> None:
    recording = write_wav(tmp_path / "speech.wav", QUIET)
    with Box(tmp_path, profile=Profile.HORN) as box:
        at = time.monotonic_ns() + NS_PER_S
        box.player.send(play(recording, at_monotonic_ns=at))
        ended = box.ended("run-1")
    assert ended.capture is not None
    np.testing.assert_allclose(read_wav(ended.capture), QUIET, atol=CLOSE)
    (card,) = box.card.iterdir()
    heard = read_wav(card)[samples_in(at - int(card.stem)) :][: len(QUIET)]
    alike, lag = likeness(heard, expected(Profile.HORN, QUIET))
    assert alike >= 0.99
    assert lag == 0


@pytest.mark.listens
def test_one_player_process_plays_flat_and_then_for_a_horn(tmp_path: Path) -> None:
    recording = write_wav(tmp_path / "speech.wav", QUIET)
    with Box(tmp_path) as box:
        box.player.send(play(recording, run="flat"))
        box.wait_for(Started)
        box.player.send(Shape(profile=Profile.HORN))
        box.ended("flat")
        box.player.send(play(recording, run="horn"))
        box.ended("horn")
    flat, horn = (read_wav(file) for file in sorted(box.card.iterdir(), key=born))
    assert likeness(flat, QUIET)[0] >= 0.99
    assert likeness(horn, expected(Profile.HORN, QUIET))[0] >= 0.99
    assert likeness(horn, QUIET)[0] < 0.9


def test_another_profile_waits_for_the_end_of_what_sounds(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    studio.play("before", QUIET, in_ms=1_000)
    studio.run_for(2_000)
    studio.engine.obey(Shape(profile=Profile.HORN))
    studio.run_for(1_100)  # the card has closed without its tail
    studio.play("after", QUIET)
    studio.run_out()
    before, after = (read_wav(file) for file in sorted(studio.output.iterdir(), key=born))
    assert likeness(before, QUIET)[0] >= 0.9999
    assert likeness(after, QUIET)[0] < 0.9
    assert likeness(after, expected(Profile.HORN, QUIET))[0] >= 0.99


def test_no_profile_is_the_one_that_the_player_was_started_with(tmp_path: Path) -> None:
    studio = Studio(tmp_path, Profile.HORN)
    for profile in (Profile.FLAT, None):
        studio.engine.obey(Shape(profile=profile))
        studio.play(str(profile), QUIET)
        studio.run_out()
    flat, own = (read_wav(file) for file in sorted(studio.output.iterdir(), key=born))
    assert likeness(flat, QUIET)[0] >= 0.9999
    assert likeness(own, expected(Profile.HORN, QUIET))[0] >= 0.99


def born(file: Path) -> int:
    """A card's file is named after the instant of its first sample."""
    return int(file.stem)
