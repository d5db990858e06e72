"""Intake: programmes from elsewhere, a calendar or a workbook, become drafts one by one.

Nothing sounds by it: each draft is filled in, listened to and approved as any other.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct, structs
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.states import BulletinState
from controller import areas, bulletins
from controller.areas import local_day
from controller.content import draft_of
from controller.drafts import Draft, problems, tidied
from controller.model import Area, Bulletin, BulletinKind, Field
from controller.model.folding import folded
from controller.permissions import Permission, Who
from controller.sheets.places import Named, reachable
from scheduler.calendar import ZONE
from scheduler.description import describe
from scheduler.patterns import Once
from scheduler.problem import Problem
from scheduler.rules import Rule

OPEN_TEXT = "[nội dung bản tin]"
"""Stands for words that the file does not have; while it does, nothing is read aloud or sent."""


class Candidate(Struct, frozen=True, kw_only=True):
    """What may become a draft. `number` is its place in the file, from 1; `wrong` why it may not.

    `where` names places; with `is_strict` one that is not known is an error, else the place that
    was chosen for the file stands in. `cells` says in which cell each input of a draft stands.
    """

    number: int
    title: str
    text: str = ""
    where: str = ""
    is_strict: bool = False
    rule: Rule | None = None
    cells: Mapping[str, str] = {}
    wrong: tuple[str, ...] = ()


class Seen(Struct, frozen=True, kw_only=True):
    """A candidate as it was looked at: the draft that it becomes, or why not."""

    number: int
    title: str
    places: str
    when: str
    draft: Draft | None
    wrong: tuple[str, ...] = ()


def check(
    session: Session, asking: Who, some: Sequence[Candidate], place: str, now: datetime
) -> list[Seen]:
    """Look at each; nothing is written. `place` is the area for what names none of its own."""
    named = reachable(session, asking, Permission.COMPOSE, now)
    known = {area.id: area for alike in named.values() for area in alike}
    granted = asking.areas_of(Permission.COMPOSE)
    lines = areas.lineages(session, known, local_day(now))
    off = bulletins.holidays(session)
    there = _there(session, {one.title for one in some})
    found = []
    for one in some:
        targets = _targets(one, named)
        if not targets and not one.is_strict and place in known:
            targets = [known[place]]
        line = lines[targets[0].id] if targets else ()
        owner = next((each for each in line if each in granted), "")
        seen = _looked_at(one, targets, owner, now, off)
        if seen.draft is not None and _key(seen.draft) in there:
            seen = structs.replace(seen, draft=None, wrong=("Đã có bản tin này với giờ này.",))
        elif seen.draft is not None:
            there.add(_key(seen.draft))
        found.append(seen)
    return found


def take(
    session: Session, asking: Who, seen: Sequence[Seen], chosen: Collection[int], now: datetime
) -> list[Bulletin]:
    """Drafts of those that were chosen and can become one. Raises Invalid, NotFound."""
    return [
        bulletins.compose(session, asking, one.draft, now=now)
        for one in seen
        if one.draft is not None and one.number in chosen
    ]


def take_back(session: Session, asking: Who, ids: Collection[str], now: datetime) -> int:
    """Withdraw those drafts that nobody has touched since; how many. Raises NotFound."""
    gone = 0
    for id_ in ids:
        one = bulletins.get(session, asking, id_, now=now)
        if one.state == BulletinState.DRAFT and one.version == 1:
            bulletins.withdraw(session, asking, one.id, one.version, now=now)
            gone += 1
    return gone


def _looked_at(
    one: Candidate, targets: Sequence[Area], owner: str, now: datetime, off: frozenset[date]
) -> Seen:
    rule = _from_now(one.rule, now) if one.rule else None
    found = [] if targets else [Problem("area", _nowhere(one))]
    draft = None
    if rule is not None and targets:
        draft = Draft(
            area_id=owner,
            title=one.title,
            kind=BulletinKind.TEXT,
            targets=tuple(area.id for area in targets),
            rule=rule,
            text=one.text or OPEN_TEXT,
            field=Field.UNSAID,
        )
        if one.title.strip():
            draft = tidied(draft)
        found += problems(draft, now, off)
    said = [
        f"{one.cells[p.field]}: {p.message}" if p.field in one.cells else p.message for p in found
    ]
    wrong = tuple(dict.fromkeys((*one.wrong, *said)))
    return Seen(
        number=one.number,
        title=one.title,
        places=", ".join(area.name for area in targets),
        when=describe(rule) if rule else "",
        draft=None if wrong else draft,
        wrong=wrong,
    )


def _nowhere(one: Candidate) -> str:
    if not one.where:
        return "Chưa rõ phát ở đâu."
    return f"“{one.where}” không chỉ rõ một nơi trong địa bàn của bạn."


def _targets(one: Candidate, named: Named) -> list[Area]:
    """The places that it names: by one name, or by several between commas. Of no avail: none."""
    whole = named.get(folded(one.where.strip()), [])
    if len(whole) == 1:
        return list(whole)
    each = [named.get(folded(part.strip()), []) for part in one.where.split(",")]
    return [some[0] for some in each] if all(len(some) == 1 for some in each) else []


def _from_now(rule: Rule, now: datetime) -> Rule:
    """Without what is past of its single starts: nobody can hear them any more."""
    extras = tuple(each for each in rule.extras if each >= now)
    moves = tuple(each for each in rule.moves if each.becomes >= now)
    gone = {each.was.astimezone(ZONE).date() for each in rule.moves if each.becomes < now}
    skips = tuple(sorted({*rule.skips, *gone}))
    rule = structs.replace(rule, extras=extras, moves=moves, skips=skips)
    if isinstance(rule.pattern, Once) and extras:
        first = datetime.combine(rule.pattern.day, rule.times[0], ZONE)
        if first < now:
            local = extras[0].astimezone(ZONE)
            return Rule(pattern=Once(local.date()), times=(local.time(),), extras=extras[1:])
    return rule


Key = tuple[str, tuple[str, ...], Rule]


def _key(draft: Draft) -> Key:
    return draft.title, draft.targets, draft.rule


def _there(session: Session, titles: Collection[str]) -> set[Key]:
    """What stands in the house already under these titles."""
    named = Bulletin.title.in_(titles), Bulletin.state != BulletinState.WITHDRAWN
    return {_key(draft_of(each)) for each in session.scalars(select(Bulletin).where(*named))}
