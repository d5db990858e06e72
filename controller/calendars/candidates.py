"""Candidates: the events of a calendar file, each with its rule or why it has none."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from controller.calendars.wire import Event
from controller.intake import Candidate
from scheduler.from_recurrence import Recurring, Unsayable, rule_of
from scheduler.rules import Move, Rule

WHOLE_DAY = "Sự kiện cả ngày, không có giờ phát."
CANCELLED = "Sự kiện đã bị hủy trong lịch ấy."
REPLACED = "Là một lần được đổi của sự kiện khác, tính ở đó."
ALONE = "Là một lần được đổi, nhưng sự kiện gốc không có trong tệp."
RETITLED = "Có lần được đổi sang tên khác: hãy tách lần ấy thành sự kiện riêng."


def candidates(events: Sequence[Event]) -> list[Candidate]:
    """One for each event, in the order of the file."""
    changes: dict[str, list[Event]] = {}
    for each in events:
        if each.of is not None and each.uid:
            changes.setdefault(each.uid, []).append(each)
    masters = {each.uid for each in events if each.of is None}
    return [_candidate(n, each, changes, masters) for n, each in enumerate(events, 1)]


def _candidate(
    number: int, event: Event, changes: Mapping[str, list[Event]], masters: Iterable[str]
) -> Candidate:
    rule, wrong = None, event.wrong
    if not wrong and event.of is not None:
        wrong = REPLACED if event.uid in masters else ALONE
    elif not wrong and event.is_cancelled:
        wrong = CANCELLED
    elif not wrong and event.starts is None:
        wrong = WHOLE_DAY
    elif not wrong and event.starts is not None:
        try:
            rule = _rule(event, event.starts, changes.get(event.uid, ()))
        except Unsayable as error:
            wrong = str(error)
    return Candidate(
        number=number,
        title=event.title,
        text=event.text,
        where=event.place,
        rule=rule,
        wrong=(wrong,) if wrong else (),
    )


def _rule(event: Event, first: datetime, changed: Iterable[Event]) -> Rule:
    moves, gone = [], []
    for each in changed:
        if each.of is None or each.wrong:
            raise Unsayable(f"Một lần được đổi không đọc được: {each.wrong}")
        if each.is_cancelled:
            gone.append(each.of)
        elif each.starts is None or each.repeat:
            raise Unsayable("Có lần được đổi thành cả ngày, hoặc đổi từ đó về sau.")
        elif each.title and each.title != event.title:
            raise Unsayable(RETITLED)
        elif each.starts != each.of:
            moves.append(Move(each.of, each.starts))
    return rule_of(
        Recurring(
            first=first,
            repeat=event.repeat,
            excluded=(*event.excluded, *event.excluded_days, *gone),
            further=tuple(event.further),
            moved=tuple(moves),
        )
    )
