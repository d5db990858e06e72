"""Frames made ahead by a thread are the same frames, faults included, and nobody is left behind."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from av import AudioFrame

from tts.frames import ahead, joined


def frame() -> AudioFrame:
    made = AudioFrame.from_ndarray(np.zeros((1, 960), np.int16), format="s16", layout="mono")
    made.sample_rate = 48_000
    return made


def test_frames_come_in_order() -> None:
    frames = [frame() for _ in range(500)]
    assert list(ahead(frames)) == frames


def test_a_fault_of_the_maker_is_raised_where_the_frames_are_used() -> None:
    def broken() -> Iterator[AudioFrame]:
        yield frame()
        raise ValueError("disk")

    frames = ahead(broken())
    next(frames)
    with pytest.raises(ValueError, match="disk"):
        next(frames)


def test_a_user_who_stops_leaves_no_thread() -> None:
    before = threading.active_count()
    frames = ahead(frame() for _ in range(10_000))
    next(frames)
    frames.close()
    assert threading.active_count() == before


def test_joined_streams_are_one_in_time() -> None:
    both = list(joined([[frame(), frame()], [frame()]]))
    assert [each.pts for each in both] == [0, 960, 1_920]
