"""Causes and stances have words for people, all of them, and make whole sentences."""

from datetime import UTC, datetime

import pytest

from contract.stances import Doing, Hold, Stance, VolumeRule
from contract.states import Cause, Class
from contract.telling import CAUSES, HOLDS, RULES, tell

NIGHT = datetime(2026, 12, 1, 10, 0, 5, tzinfo=UTC)
NAMES = {"a": "Tiêm chủng", "b": "Lịch cắt điện", "e": "Cảnh báo lũ"}


def told(stance: Stance) -> str:
    return tell(stance, lambda airing: f"“{NAMES[airing]}”")


def test_every_code_has_its_words() -> None:
    assert set(CAUSES) == set(Cause)
    assert set(HOLDS) == set(Hold)
    assert set(RULES) == set(VolumeRule)


@pytest.mark.parametrize("doing", Doing)
def test_every_stance_makes_a_sentence(doing: Doing) -> None:
    sentence = told(Stance(doing=doing))
    assert sentence.endswith(".")
    assert sentence[0].isupper()


def test_what_waits_says_for_what_and_until_when_in_local_time() -> None:
    waiting = Stance(doing=Doing.WAITING, airing="a", at=NIGHT)
    assert told(waiting) == "Im lặng, chờ phát “Tiêm chủng” lúc 17:00:05 ngày 01/12/2026."


def test_what_sounds_says_by_what_right_over_whom_and_how_loud() -> None:
    playing = Stance(
        doing=Doing.PLAYING,
        airing="e",
        cls=Class.EMERGENCY,
        over=("a",),
        behind=("b",),
        volume=90,
        rule=VolumeRule.EMERGENCY,
    )
    assert told(playing) == (
        "Đang phát “Cảnh báo lũ” theo lệnh khẩn cấp; đã ngắt “Tiêm chủng”; đang chờ lượt: "
        "“Lịch cắt điện”; âm lượng 90 % (mức tối đa cho tin khẩn cấp)."
    )


def test_silence_after_a_stop_says_who_asked_for_it() -> None:
    silent = Stance(doing=Doing.IDLE, left="a", cause=Cause.STOPPED, by="o-1")
    assert told(silent) == (
        "Im lặng: lịch không còn lượt phát nào. Trước đó “Tiêm chủng” đã thôi: có lệnh dừng phát "
        "theo lệnh của người điều hành."
    )
