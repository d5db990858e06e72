"""One notice from text to the loudspeakers and its verdicts back, with nothing faked."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pyloudnorm import Meter

from tests.system.waves import RATE, decoded, likeness

pytestmark = pytest.mark.system

TARGET_LUFS = -16.0


def test_every_station_aired_it(headless: dict[str, Any]) -> None:
    assert [station["verdict"] for station in headless["stations"]] == ["aired"] * 3
    assert {station["evidence"] for station in headless["stations"]} == {"L0"}


def test_what_left_each_player_is_the_approved_recording(headless: dict[str, Any]) -> None:
    recording = decoded(Path(headless["recording"]["path"]))
    for station in headless["stations"]:
        captured = decoded(Path(station["captured_wav"]))
        assert likeness(captured, recording) >= 0.98


def test_it_starts_within_a_tenth_of_a_second_of_the_plan(headless: dict[str, Any]) -> None:
    for station in headless["stations"]:
        planned, started = (
            datetime.fromisoformat(station[name]) for name in ("planned_at", "started_at")
        )
        assert abs((started - planned).total_seconds()) <= 0.1


def test_it_is_heard_at_the_promised_loudness(headless: dict[str, Any]) -> None:
    for station in headless["stations"]:
        captured = decoded(Path(station["captured_wav"]))
        assert Meter(RATE).integrated_loudness(captured) == pytest.approx(TARGET_LUFS, abs=1.0)
    assert headless["recording"]["true_peak_dbtp"] <= -1.0


def test_all_of_it_was_played(headless: dict[str, Any]) -> None:
    for station in headless["stations"]:
        assert station["played_s"] == pytest.approx(headless["recording"]["duration_s"])
        assert station["underruns"] == 0
