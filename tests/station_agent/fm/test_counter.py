"""No number is given twice, whatever instant the power chooses."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_agent.hardware.errors import HardwareError
from station_agent.hardware.fm.coded.counter import BLOCK, EPOCH_S, HIGHEST, Counter

NOW = EPOCH_S + 50_000_000


def counter(path: Path, now: int = NOW) -> Counter:
    return Counter(path, lambda: now)


@settings(max_examples=25)  # each example waits for the disk
@given(st.lists(st.integers(0, 3 * BLOCK), max_size=5), st.integers(-(10**9), 10**9))
def test_numbers_only_go_up_over_power_cuts_and_steps_of_the_clock(tmp_path_factory, lives, step):
    path = tmp_path_factory.mktemp("counter") / "counter"
    counter(path).next()
    given_out = []
    for uses in lives:
        alive = counter(path, NOW + step)
        given_out += [alive.next() for _ in range(uses)]
    assert given_out == sorted(set(given_out))


def test_a_number_is_on_the_disk_before_it_is_used(tmp_path):
    path = tmp_path / "counter"
    used = counter(path).next()
    assert int(path.read_text()) > used


def test_a_new_box_is_ahead_of_the_one_it_replaces(tmp_path):
    assert counter(tmp_path / "a").next() == NOW - EPOCH_S


def test_a_new_box_that_does_not_know_the_time_does_not_guess(tmp_path):
    with pytest.raises(HardwareError, match="chưa biết giờ"):
        counter(tmp_path / "counter", 0).next()


def test_a_counter_that_was_damaged_is_no_new_one(tmp_path):
    (tmp_path / "counter").write_text("12x\n")
    with pytest.raises(HardwareError, match="không đọc được"):
        counter(tmp_path / "counter").next()


def test_a_disk_that_keeps_nothing_gives_no_number(tmp_path):
    (tmp_path / "counter.new").mkdir()
    with pytest.raises(HardwareError, match="không ghi được"):
        counter(tmp_path / "counter").next()


def test_the_last_number_is_the_last(tmp_path):
    (tmp_path / "counter").write_text(str(HIGHEST))
    last = counter(tmp_path / "counter")
    assert last.next() == HIGHEST
    with pytest.raises(HardwareError, match="đã hết"):
        last.next()


def test_a_number_is_forced_to_the_disk(tmp_path, monkeypatch):
    forced = []
    true = os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: (forced.append(fd), true(fd)))
    counter(tmp_path / "counter").next()
    assert len(forced) == 2
