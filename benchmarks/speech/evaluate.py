"""Judge what was said for an item, and count."""

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.speech.canonical import canonical, residue
from benchmarks.speech.items import Item
from benchmarks.speech.meaning_words import carries_meaning
from benchmarks.speech.nearest import Near, nearest


@dataclass(frozen=True, slots=True)
class Judgement:
    """`residue`: digits and symbols left. `meaning_changed`: no accepted reading has the same
    numbers, signs, negations, dates, units and money in the same order, or something is left.
    `reported` are the tokens that the reader said it does not know."""

    item: Item
    said: str
    near: Near
    residue: str
    meaning_changed: bool
    reported: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether this is one of the accepted readings."""
        return not self.residue and not self.near.edits


def judge(item: Item, said: str, reported: tuple[str, ...] = ()) -> Judgement:
    """Compare one reading with the accepted ones."""
    heard, left = canonical(said), residue(said)
    if not left and item.accepted.accepts(heard):
        return Judgement(item, said, Near(heard, 0), "", meaning_changed=False, reported=reported)
    carrying = tuple(filter(carries_meaning, heard))
    same_meaning = item.accepted.only(carries_meaning).accepts(carrying)
    near = nearest(item.accepted, heard)
    changed = bool(left) or not same_meaning
    return Judgement(item, said, near, left, meaning_changed=changed, reported=reported)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of items; `reported` are passed items of which a token was reported all the same."""

    items: int
    passed: int
    meaning_changes: int
    reported: int

    @property
    def percent(self) -> float:
        """Passed items of a hundred."""
        return 100 * self.passed / self.items


def score(judgements: Iterable[Judgement]) -> Score:
    """The counts of some judgements."""
    each = list(judgements)
    return Score(
        items=len(each),
        passed=sum(j.passed for j in each),
        meaning_changes=sum(j.meaning_changed for j in each),
        reported=sum(j.passed and bool(j.reported) for j in each),
    )


def by_category(judgements: list[Judgement]) -> dict[str, Score]:
    """The score of each category that has items, in the order of the items."""
    names = dict.fromkeys(j.item.category for j in judgements)
    return {name: score(j for j in judgements if j.item.category == name) for name in names}
