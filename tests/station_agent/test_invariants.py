"""Whatever is planned and whatever happens: what must hold of every station's air."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from contract.messages import Item, Recording
from contract.reports import Ended
from contract.states import Cause, Class, Late, Phase, Resume
from contract.windows import ALL_DAY, Window, allows
from station_agent.airtime import OVERRUN, ZONE
from station_agent.events import Ticked
from station_agent.samples import add_heard, count_heard, samples_in
from tests.fakes.box_world import Box
from tests.fakes.issuer import MINUTE, MORNING, SECOND, Issuer, recording
from tests.fakes.virtual_player import FADE_NS, Sounding

SOUNDS = [recording(f"tiếng {n}", n) for n in (4, 15, 40, 90)]
SLACK_NS = FADE_NS + 1_000_000
UNTOLD = 48_000 + 4_800  # samples that a player's death may swallow: a second of progress, a fade
HUNG = 7 * 48_000  # a hung player is given five seconds to say a word
LAST_NS = (5_000 + 2 * 3_600) * 1_000_000_000
SIX_MINUTES = Window("08:00", "08:06")

Deed = Callable[[Box], None]


class Wish(Struct, frozen=True):
    """One item of a plan, with what a test needs to know of it."""

    start_s: int
    sound: Recording
    cls: Class
    resume: Resume
    late: Late
    late_limit_ms: int


wishes = st.lists(
    st.builds(
        Wish,
        st.integers(0, 400),
        st.sampled_from(SOUNDS),
        st.sampled_from([Class.PRIORITY, Class.NORMAL, Class.NORMAL]),
        st.sampled_from(Resume),
        st.sampled_from(Late),
        st.sampled_from([2_000, 30_000, 120_000]),
    ),
    min_size=1,
    max_size=6,
)


def items(issuer: Issuer, wanted: list[Wish]) -> list[tuple[Item, Recording]]:
    found = []
    for number, wish in enumerate(wanted):
        starts_at = MORNING + wish.start_s * SECOND
        item = issuer.item(
            f"i-{number}",
            starts_at,
            wish.sound,
            cls=wish.cls,
            resume=wish.resume,
            late=wish.late,
            late_limit_ms=wish.late_limit_ms,
        )
        found.append((item, wish.sound))
    return found


def sound_emergency(rank: int, sound: Recording, times: int, box: Box) -> None:
    name = f"e-{len(box.lines)}"
    box.issuer.now = box.now
    box.take(box.issuer.emergency(name, sound, rank=rank, times=times))


def clear_all(box: Box) -> None:
    for airing in box.state.open_airings:
        if airing.emergency:
            box.issuer.now = box.now
            box.take(box.issuer.all_clear(airing.id))


def say_stop(box: Box) -> None:
    box.issuer.now = box.now
    box.take(box.issuer.stop())


def kill_player(box: Box) -> None:
    box.kill_player()


def hang_player(box: Box) -> None:
    box.player.trigger_hang()


def cut_power(seconds: int, box: Box) -> None:
    box.cut_power(off=seconds * SECOND)


def step_clock(seconds: int, box: Box) -> None:
    box.step_clock(seconds * SECOND)
    box.tell(Ticked())


seconds = st.integers(0, 90)
deeds: st.SearchStrategy[Deed] = st.one_of(
    st.builds(
        partial,
        st.just(sound_emergency),
        st.integers(0, 3),
        st.sampled_from(SOUNDS),
        st.integers(1, 3),
    ),
    st.sampled_from([clear_all, say_stop, kill_player, hang_player]),
    st.builds(partial, st.just(cut_power), seconds),
)
steps: st.SearchStrategy[Deed] = st.builds(partial, st.just(step_clock), st.integers(-120, 120))


def live_through(wanted: list[Wish], story: list[tuple[int, Deed]], window: Window) -> Box:
    issuer = Issuer()
    box = Box(issuer)
    box.take(issuer.plan(*items(issuer, wanted), windows=(window,)))
    for wait_s, deed in story:
        box.wait(wait_s * SECOND)
        deed(box)
    while unsettled(box, len(wanted)):
        box.wait(10 * SECOND)
    return box


def unsettled(box: Box, planned: int) -> bool:
    """Whether something is still to come; two hours are more than any story takes."""
    assert box.mono_ns < LAST_NS, box.state.open_airings
    ends = {line.airing for line in box.of(Ended)}
    return bool(box.state.open_airings) or sum(name.startswith("i-") for name in ends) < planned


stories = given(
    wanted=wishes,
    story=st.lists(st.tuples(st.integers(0, 60), deeds), max_size=6),
    window=st.sampled_from([ALL_DAY[0], SIX_MINUTES]),
)
stories_with_a_mad_clock = given(
    wanted=wishes,
    story=st.lists(st.tuples(st.integers(0, 60), deeds | steps), max_size=6),
    window=st.just(ALL_DAY[0]),
)
few = settings(max_examples=30, deadline=None)


def until(run: Sounding) -> int:
    """When it had to be silent: its end, without the fade if it was stopped."""
    return run.end_ns - SLACK_NS if run.stopped else run.end_ns - 1_000_000


@few
@stories_with_a_mad_clock
def test_at_most_one_sounds_at_a_time(
    wanted: list[Wish], story: list[tuple[int, Deed]], window: Window
) -> None:
    box = live_through(wanted, story, window)
    runs = sorted(box.player.heard, key=lambda run: run.begin_ns)
    runs = [run for run in runs if run.end_ns > run.begin_ns]
    for first, second in pairwise(runs):
        assert until(first) <= second.begin_ns, (first, second)


@few
@stories_with_a_mad_clock
def test_every_airing_ends_exactly_once(
    wanted: list[Wish], story: list[tuple[int, Deed]], window: Window
) -> None:
    box = live_through(wanted, story, window)
    counted = Counter(line.airing for line in box.of(Ended))
    assert set(counted.values()) == {1}
    assert set(counted) == {f"i-{n}" for n in range(len(wanted))} | {
        airing.id for airing in box.state.memory.airings.values()
    }
    assert all(a.phase is Phase.DONE for a in box.state.memory.airings.values())


@few
@stories
def test_nothing_but_emergencies_sounds_outside_the_permitted_hours(
    wanted: list[Wish], story: list[tuple[int, Deed]], window: Window
) -> None:
    box = live_through(wanted, story, window)
    for run in box.player.heard:
        if run.airing.startswith("i-") and run.end_ns > run.begin_ns:
            start, end = box.wall(run.begin_ns), box.wall(run.end_ns) - OVERRUN
            assert end <= start or allows((window,), start, end, ZONE), run


@few
@stories_with_a_mad_clock
def test_no_word_is_heard_twice_unless_its_policy_says_so(
    wanted: list[Wish], story: list[tuple[int, Deed]], window: Window
) -> None:
    box = live_through(wanted, story, window)
    for number, wish in enumerate(wanted):
        if wish.resume is Resume.RESTART:
            continue
        runs = box.heard(f"i-{number}")
        for first, second in pairwise(runs):
            reached = first.from_sample + first.samples(first.end_ns)
            assert second.from_sample >= reached - UNTOLD - HUNG


@few
@stories
def test_what_is_reported_is_what_was_heard(
    wanted: list[Wish], story: list[tuple[int, Deed]], window: Window
) -> None:
    box = live_through(wanted, story, window)
    for number, _ in enumerate(wanted):
        ended = box.ended(f"i-{number}")
        heard: tuple[tuple[int, int], ...] = ()
        runs = box.heard(ended.airing)
        for run in runs:
            heard = add_heard(heard, run.from_sample, run.from_sample + run.samples(run.end_ns))
        assert ended.played_samples <= count_heard(heard) + 2
        assert ended.played_samples >= count_heard(heard) - UNTOLD * len(runs) - HUNG * len(story)
        assert (ended.cause is not Cause.FINISHED) or runs


@few
@stories
def test_an_emergency_waits_for_none_but_a_greater_one(
    wanted: list[Wish], story: list[tuple[int, Deed]], window: Window
) -> None:
    only_emergencies = [(wait, deed) for wait, deed in story if isinstance(deed, partial)]
    only_emergencies = [(w, d) for w, d in only_emergencies if d.func is sound_emergency]
    box = live_through(wanted, only_emergencies, window)
    emergencies = [a for a in box.state.memory.airings.values() if a.emergency]
    for airing in emergencies:
        ended = box.ended(airing.id)
        once_s = sum(a.times * a.recording.samples / 48_000 + 2 for a in emergencies)
        waited_s = once_s * len(emergencies)  # each that was cut in on begins again
        assert ended.cause is Cause.FINISHED
        assert ended.started_at is not None
        assert ended.started_at - airing.planned_at < (1 + waited_s) * SECOND


@given(
    spans=st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=12),
)
def test_heard_spans_add_up_like_sets(spans: list[tuple[int, int]]) -> None:
    heard: tuple[tuple[int, int], ...] = ()
    for start, end in spans:
        heard = add_heard(heard, start, end)
    assert count_heard(heard) == len({n for start, end in spans for n in range(start, end)})
    assert list(heard) == sorted(heard)


def test_a_minute_has_its_samples() -> None:
    assert samples_in(MINUTE) == 60 * 48_000
    assert isinstance(MORNING, datetime)
