"""Schedule words: how one airing stands in one line of the schedule."""

from collections import Counter
from collections.abc import Mapping

from contract.states import AiringState, Verdict
from controller.schedule import Slot
from controller.schedule_rows import Row
from controller.tally import HEARD
from web.words import AIRING, VERDICT, Word

EXPECTED = Word("Dự kiến", "question", "calm")


def word(slot: Slot, told: Counter[Verdict]) -> Word:
    """`told` counts the verdicts of the line's stations; until all are in, it is not over."""
    if slot.state is None:
        return EXPECTED
    if slot.state is not AiringState.CLOSED or not told:
        return AIRING[slot.state]
    if len(told) == 1:
        return VERDICT[next(iter(told))]
    if told[Verdict.PENDING]:
        return VERDICT[Verdict.PENDING]
    heard = sum(told[verdict] for verdict in HEARD)
    whole = told[Verdict.AIRED]
    tone = "wait" if heard else "bad"
    return Word(f"{whole}/{told.total()} cụm phát đủ", "half" if heard else "cross", tone)


def of_row(row: Row, told: Mapping[str, Counter[Verdict]]) -> Counter[Verdict]:
    """The verdicts of one line's stations."""
    return sum((told[area] for area in told.keys() & row.members), Counter())
