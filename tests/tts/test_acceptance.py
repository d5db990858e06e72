"""The judge of readings: what it takes as equal, and that it can fail."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.speech.canonical import canonical, residue
from benchmarks.speech.evaluate import by_category, judge, score
from benchmarks.speech.grammar import BadGrammar, parse
from benchmarks.speech.items import BadItems, Item, load
from benchmarks.speech.nearest import nearest

SAME = {
    "Hai nghìn, không trăm linh năm.": "hai ngàn không trăm lẻ năm",
    "hai mươi tư": "hai mươi bốn",
    "hai mươi lăm": "hai mươi nhăm",
    "ngày mùng năm": "ngày năm",
    "ngày mồng năm": "ngày năm",
    "hoà bình, khoẻ, thuỷ lợi, khoá": "hòa bình khỏe thủy lợi khóa",
    "qui định quí một tỉ lệ bẩy sỹ số": "quy định quý một tỷ lệ bảy sĩ số",
    "hàng năm": "hằng năm",
    "năm ki-lô-mét": "năm cây số",
    "năm kilômét": "năm ki lô mét",
    "ba xen ti mét": "ba xăng-ti-mét",
    "ba hecta": "ba héc ta",
    "một trăm mười kilôvolt": "một trăm mười ki lô vôn",
    "năm mili lít": "năm mi li lít",
    "độ C": "độ xê",
    "độ xen-xi-út": "độ xê",
    "đôla": "đô la",
    "TỪ — ĐẾN": "từ đến",
}
DIFFERENT = {
    "tháng tư": "tháng bốn",
    "thứ tư": "thứ bốn",
    "năm đến mười": "năm mười",
    "không phẩy không năm": "không phẩy năm",
    "một nghìn": "một triệu",
    "hai mươi mốt": "hai mươi một",
    "mi li gam": "gam",
    "hoàn": "hòan",
}


def item(grammar: str, category: str = "number") -> Item:
    return Item(category, "x", parse(grammar), "number.tsv:1")


@pytest.mark.parametrize(("one", "other"), SAME.items())
def test_what_sounds_the_same_is_equal_on_both_sides(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)
    assert parse(one.lower()).accepts(canonical(other))
    assert parse(other.lower()).accepts(canonical(one))


@pytest.mark.parametrize(("one", "other"), DIFFERENT.items())
def test_what_sounds_different_is_not(one: str, other: str) -> None:
    assert not parse(one).accepts(canonical(other))
    assert not parse(other).accepts(canonical(one))


def test_an_equal_spelling_is_found_across_a_parenthesis() -> None:
    accepted = parse("(mươi|mười) (bốn|sáu) cây (số|)")
    assert accepted.accepts(canonical("mươi tư ki lô mét"))
    assert accepted.accepts(canonical("mươi sáu cây"))
    assert not accepted.accepts(canonical("mười tư cây"))


@pytest.mark.parametrize("left", list("0½²٣%°@&/+≥=<>$€_#*~^|\\×→😀"))
def test_a_digit_or_symbol_that_is_left_fails_at_once(left: str) -> None:
    assert residue(f"năm {left} mười") == left
    judged = judge(item("năm mười"), f"năm {left} mười")
    assert not judged.passed
    assert judged.meaning_changed


# Trees of a grammar: a word, a sequence or a choice.
TREES = st.recursive(
    st.sampled_from(["một", "hai", "ba", ""]),
    lambda inner: st.tuples(st.sampled_from(["all", "one"]), st.lists(inner, max_size=3)),
    max_leaves=8,
)


def written(tree: object) -> str:
    if isinstance(tree, str):
        return tree
    kind, parts = tree  # type: ignore[misc]  # hypothesis types a recursive strategy as object
    inner = [written(part) for part in parts]
    return " ".join(inner) if kind == "all" else f"({'|'.join(inner)})"


def readings(tree: object) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
        return
    kind, parts = tree  # type: ignore[misc]  # as above
    inner = [list(readings(part)) for part in parts]
    if kind == "all":
        yield from (" ".join(each) for each in product(*inner))
    else:
        yield from (reading for part in inner for reading in part) if inner else iter([""])


@given(TREES, st.lists(st.sampled_from(["một", "hai", "ba"]), max_size=4))
def test_the_graph_accepts_exactly_the_readings_of_its_grammar(tree: object, said: list[str]):
    accepted, all_readings = parse(written(tree)), {tuple(r.split()) for r in readings(tree)}
    assert all(accepted.accepts(reading) for reading in all_readings)
    assert accepted.accepts(tuple(said)) == (tuple(said) in all_readings)
    near = nearest(accepted, tuple(said))
    assert near.words in all_readings
    assert (near.edits == 0) == (tuple(said) in all_readings)


def test_a_thousand_million_readings_are_compared_at_once() -> None:
    accepted = parse("(một|hai|) " * 60)  # 3 ** 60 readings: one by one it would never end
    assert accepted.accepts(("một", "hai") * 30)
    assert not accepted.accepts(("một",) * 61)
    assert nearest(accepted, ("ba",) * 60).edits == 60


@pytest.mark.parametrize(
    ("grammar", "why"),
    {
        "năm (mười": "not closed",
        "năm) mười": "too many",
        "năm (|))": "too many",
        "ki lô(mét|gam)": "space",
        "năm 5": "«5»",
        "năm %": "«%»",
    }.items(),
)
def test_a_bad_grammar_is_refused(grammar: str, why: str) -> None:
    with pytest.raises(BadGrammar, match=why):
        parse(grammar)


WRONG = {
    "mười hai đến mười lăm phần trăm": {
        "mười hai mười lăm phần trăm",
        "mười hai đến mười sáu phần trăm",
        "mười hai đến mười lăm",
        "âm mười hai đến mười lăm phần trăm",
        "không mười hai đến mười lăm phần trăm",
        "mười hai đến mười lăm phần nghìn",
        "",
    },
    "(cấm|không được) bán (năm|) ngày ba tháng tư": {
        "bán ngày ba tháng tư",
        "cấm bán ngày bốn tháng ba",
        "cấm bán ba phần tư",
    },
    "hai mươi nghìn đồng (một|) mi li gam": {
        "hai mươi đồng một mi li gam",
        "hai mươi nghìn một mi li gam",
        "hai mươi nghìn đồng một gam",
    },
}


@pytest.mark.parametrize(
    ("grammar", "said"), [(g, s) for g, all_ in WRONG.items() for s in sorted(all_)]
)
def test_a_reading_that_means_something_else_is_a_change_of_meaning(grammar, said):
    judged = judge(item(grammar), said)
    assert not judged.passed
    assert judged.meaning_changed


def test_another_wording_is_a_failure_but_no_change_of_meaning() -> None:
    judged = judge(item("thông tư số năm của (bộ|cục) y tế"), "số năm bộ y tế")
    assert not judged.passed
    assert not judged.meaning_changed
    assert judged.near.edits == 2  # "thông tư" counts as one word
    assert judged.near.words == ("thông_tư", "số", "năm", "của", "bộ", "y", "tế")


def test_scores_count_by_category() -> None:
    right, wrong = item("một"), item("hai", "date")
    judged = [judge(right, "Một."), judge(right, "một", reported=("x",)), judge(wrong, "ba")]
    assert by_category(judged)["number"].percent == 100
    assert by_category(judged)["date"].percent == 0
    total = score(judged)
    assert (total.items, total.passed, total.meaning_changes, total.reported) == (3, 2, 1, 1)


def test_bad_items_are_all_told_with_their_place(tmp_path: Path) -> None:
    (tmp_path / "date.tsv").write_text("# a\n\n1/5\tmột\n2/5 hai\nx\t\n3\t(ba\n4\tbốn\tbốn\n")
    (tmp_path / "time.tsv").write_text("1/5\tmột\n")
    (tmp_path / "tiem.tsv").write_text("7h\tbảy giờ\n")
    with pytest.raises(BadItems) as bad:
        load(tmp_path)
    told = str(bad.value).splitlines()
    assert [line.split(": ")[0] for line in told] == [
        "date.tsv:4", "date.tsv:5", "date.tsv:6", "date.tsv:7", "tiem.tsv:1", "time.tsv:1",
    ]  # fmt: skip  # a list, read across
    assert "date.tsv:3" in told[-1]


def test_a_folder_without_items_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadItems):
        load(tmp_path)
