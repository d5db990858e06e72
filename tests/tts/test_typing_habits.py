"""Officers type the same thing in many ways: no habit of the keyboard changes what is said."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from zlib import crc32

import pytest

from benchmarks.speech.canonical import Words, canonical
from benchmarks.speech.evaluate import judge
from benchmarks.speech.items import Item, load
from tts.normalise import read

BEFORE, AFTER = "Thông báo", "Đề nghị bà con"

# Each gives the same text typed otherwise.
HABITS: dict[str, Callable[[str], str]] = {
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "double spaces": lambda text: text.replace(" ", "  "),
    "tabs": lambda text: re.sub(r"(?<!\d) | (?!\d)", "\t", text),  # between figures a new cell
    "zero-width spaces": lambda text: text.replace(" ", "\u200b \u200b"),
    "accents apart": lambda text: unicodedata.normalize("NFD", text),
    "en dash between digits": lambda text: re.sub(r"(?<=\d)-(?=\d)", "–", text),
    "en dash between spaces": lambda text: re.sub(r"(?<=\d) - (?=\d)", " – ", text),
    "blanks at the ends": lambda text: f"  {text} \n",
    "a full stop": lambda text: text if text[-1] in ".;:!?,…" else f"{text}.",
    "a byte order mark": lambda text: f"\ufeff{text}",
    "a line of a notice": lambda text: f"{BEFORE}\n{text}\n{AFTER}",
    "line ends of Windows": lambda text: f"{BEFORE}\r\n{text}\r\n{AFTER}",
}
# The same, but for what opens a line: "“II. NỘI DUNG”" is a title, no point of a list.
HABITS_INSIDE_A_LINE: dict[str, Callable[[str], str]] = {
    "quotes": lambda text: f"“{text}”",
    "quotes of a keyboard": lambda text: f'"{text}"',
    "parentheses": lambda text: f"({text})",
}
OPENING_A_LINE = ("list", "roman", "boilerplate")
# In a notice a line for the file is on paper only.
ON_PAPER = re.compile("Lưu: ")
# In capitals "X." may be the tenth part as well as a commune.
TWO_MEANINGS = re.compile(r"X\. [^\W\d_]+ [^\W\d_]+")


# Each habit on every eighth item, other ones for each; on all of them when there is time.
SHARES = [8, pytest.param(1, marks=pytest.mark.slow)]


@pytest.fixture(scope="module")
def items() -> dict[Item, Words]:
    """Each item, and what is heard when it is typed as it stands."""
    return {item: heard(item.text) for item in load()}


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("habit", HABITS)
def test_a_typing_habit_changes_no_reading(
    habit: str, share: int, items: dict[Item, Words]
) -> None:
    typed = {item: HABITS[habit](item.text) for item in part(items, habit, share)}
    changed = {
        text: said
        for item, text in typed.items()
        if text != item.text
        and not ON_PAPER.match(item.text)
        and (said := heard(text)) != items[item]
        and not item.accepted.accepts(said)
    }
    assert changed == {}


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("habit", HABITS_INSIDE_A_LINE)
def test_what_stands_around_a_text_changes_no_reading(
    habit: str, share: int, items: dict[Item, Words]
) -> None:
    changed = {
        item.text: said
        for item in part(items, habit, share)
        if item.category not in OPENING_A_LINE
        and (said := heard(HABITS_INSIDE_A_LINE[habit](item.text))) != items[item]
        and not item.accepted.accepts(said)
    }
    assert changed == {}


def test_capitals_change_no_meaning_without_a_report(items: dict[Item, Words]) -> None:
    readings = {
        item: read(item.text.upper()) for item in items if not TWO_MEANINGS.fullmatch(item.text)
    }
    changed = {
        item.text: reading.spoken
        for item, reading in readings.items()
        if not reading.unknown and judge(item, reading.spoken).meaning_changed
    }
    assert changed == {}


def part(items: Iterable[Item], habit: str, share: int) -> list[Item]:
    """One item of `share`, the same each time."""
    return [item for item in items if crc32(f"{habit}{item.text}".encode()) % share == 0]


def heard(text: str) -> Words:
    """The canonical words of a text; of a notice only those of its middle line."""
    said = canonical(read(text).spoken)
    before, after = canonical(BEFORE), canonical(AFTER)
    inside = said[: len(before)] == before and said[-len(after) :] == after
    return said[len(before) : -len(after)] if inside else said


@pytest.mark.parametrize(
    "typed",
    ["-3°C", "–3°C", "−3°C", "“-3°C”", '"-3°C"', "(-3°C)", "[-3°C]", "Sa Pa: -3°C", "Sa Pa –3°C"],
)
def test_a_sign_is_heard_however_it_is_typed(typed: str) -> None:
    assert "âm ba độ xê" in read(typed).spoken.lower()


@pytest.mark.parametrize("typed", ["xuống-3°C", "nhiệt độ: - 3°C", "-5đến-2°C"])
def test_a_dash_that_may_be_a_sign_is_reported(typed: str) -> None:
    assert "-" in [unknown.token for unknown in read(typed).unknown]


def test_a_sign_is_heard_on_both_sides_of_a_range() -> None:
    for typed in ("-5 - -2°C", "-5÷-2°C", "từ -5 đến -2°C", "-5°C–-2°C"):
        assert re.search("âm năm (độ xê )?đến âm hai độ xê", read(typed).spoken.lower()), typed
