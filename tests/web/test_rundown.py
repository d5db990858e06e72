"""What follows without a gap is one session."""

from datetime import timedelta

from contract.states import AiringState
from tests.controller.village import NOW
from web.airing_list import Line
from web.rundown import sessions

SECOND = timedelta(seconds=1)


def line(name: str, start_s: float, end_s: float, place: str = "suối mây") -> Line:
    return Line(
        id=name,
        title=name,
        cls=3,
        state=AiringState.PLANNED,
        starts_at=NOW + start_s * SECOND,
        ends_at=NOW + end_s * SECOND,
        targets=(place,),
        is_relay=False,
        reason="",
    )


def grouped(*lines: Line) -> list[list[str]]:
    return [[each.id for each in group] for group in sessions(lines)]


def test_a_signature_a_relay_and_the_news_are_one_session() -> None:
    found = grouped(line("nhạc", 0, 23.417), line("vov", 23.417, 1_800), line("tin", 1_800, 1_900))
    assert found == [["nhạc", "vov", "tin"]]


def test_after_a_pause_another_one_begins() -> None:
    assert grouped(line("a", 0, 10), line("b", 12, 20)) == [["a"], ["b"]]


def test_sessions_of_two_places_are_told_apart() -> None:
    found = grouped(line("a", 0, 10), line("x", 5, 10, "nà mây"), line("b", 10, 20))
    assert found == [["a", "b"], ["x"]]
