"""The numbers of Word's lists."""

from hypothesis import given
from hypothesis import strategies as st

from controller.papers.numbering import Counter, Level

LAW = {
    "1": {
        0: Level("upperRoman", "%1."),
        1: Level("decimal", "%2."),
        2: Level("lowerLetter", "%3)"),
        3: Level("decimal", "%2.%3.%4"),
    }
}


def test_parts_begin_anew_under_each_head() -> None:
    counter = Counter(LAW)
    said = [counter.next("1", depth) for depth in (0, 1, 2, 2, 1, 2, 0, 1)]
    assert said == ["I.", "1.", "a)", "b)", "2.", "a)", "II.", "1."]


def test_a_number_may_name_those_above() -> None:
    counter = Counter({"1": {0: Level("decimal", "%1."), 1: Level("decimal", "%1.%2.", start=3)}})
    assert [counter.next("1", depth) for depth in (0, 1, 1)] == ["1.", "1.3.", "1.4."]


def test_a_list_that_nobody_described_has_no_numbers() -> None:
    assert Counter({}).next("7", 0) == ""


@given(st.lists(st.integers(0, 1), max_size=40))
def test_lists_count_apart(order: list[int]) -> None:
    level = {0: Level("decimal", "%1")}
    both = Counter({"0": level, "1": level})
    said = [(each, int(both.next(str(each), 0))) for each in order]
    for one in (0, 1):
        assert [number for each, number in said if each == one] == list(
            range(1, order.count(one) + 1)
        )
