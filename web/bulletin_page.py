"""Bulletin page: gathers what the pages about one bulletin show."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import g, render_template, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contract.states import AiringState, BulletinState, Class
from controller import acting, approval, areas, bulletins, expiring, inbox, lexicon, people
from controller.acting import Away
from controller.areas import local_day
from controller.content import craft_of, rule_of, unknown_words
from controller.model import Airing, Bulletin, Person, Recording, RelaySource, Station
from controller.papers import kept as kept_papers
from controller.permissions import Permission, can, holders
from controller.relays import heard
from controller.reuse import may_reuse
from controller.room import Room
from controller.teaching import can_be_taught
from scheduler.patterns import Once
from web import (
    bulletin_form,
    bulletin_room,
    captures,
    clashes,
    declare_form,
    draft_form,
    emergency_form,
    made_once,
    moves,
    places,
    reading,
    waits,
    waveform,
)
from web.bulletin_line import when_in_words
from web.dates import long_day
from web.draft_form import Typed
from web.parts import parts
from web.source_line import comes_from
from web.taught import Taught, places_to_teach
from web.words import FIELD

Page = str | tuple[str, int]
"""What a view answers: a page, with its status when that is not 200."""

SLOW_AFTER = timedelta(minutes=1)
"""The longest text takes a minute (controller.voicing); after that people are told what to do."""

SENDABLE = (BulletinState.READY, BulletinState.RETURNED)


def new(
    typed: Typed | None,
    errors: Mapping[str, str],
    rehearsal: Mapping[str, Any] | None = None,
    foreseen: clashes.Told | None = None,
    room: Room | None = None,
) -> str:
    """The page of a bulletin that is not saved yet; `room` is that of what was typed."""
    with parts().store.reading() as session:
        around = bulletin_form.surroundings(
            session, typed or made_once.named(bulletin_form.blank(session))
        )
    return render_template(
        "bulletins/compose.html",
        **around,
        errors=errors,
        action=url_for("bulletins.create"),
        rehearsal=rehearsal,
        foreseen=foreseen,
        room=room,
    )


def one(
    bulletin_id: str,
    typed: Typed | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    conflict: str = "",
    opened: bool = False,
    rehearsal: Mapping[str, Any] | None = None,
    taught: Taught | None = None,
    foreseen: clashes.Told | None = None,
    room: Room | None = None,
) -> str:
    """The page of a bulletin; `typed` is kept in its form in place of what is saved.

    `rehearsal` is how the typed text would be read, `taught` readings that were refused;
    `opened` shows the form at once.
    """
    with parts().store.reading() as session:
        bulletin = bulletins.get(session, g.who, bulletin_id, now=parts().now())
        known = facts(session, bulletin)
        kept = typed or draft_form.of(bulletin)
        if conflict:
            kept.version = bulletin.version  # saved once more, it takes the place of the new one
        urgent = bulletin.cls == Class.EMERGENCY
        around = (emergency_form if urgent else bulletin_form).surroundings(session, kept)
        if room is not None:
            known["room"] = room
        change = "emergencies.change" if urgent else "bulletins.change"
    return render_template(
        "bulletins/show.html",
        **{**known, **around},
        errors=errors or _taught_wrong(taught, known["to_teach"]),
        conflict=conflict,
        rehearsal=rehearsal,
        foreseen=foreseen,
        taught=taught,
        opened=opened,
        action=url_for(change, bulletin_id=bulletin_id),
    )


def _taught_wrong(taught: Taught | None, to_teach: list[str]) -> dict[str, str]:
    """What is wrong with readings, at their inputs of bulletins/_teach.html."""
    inputs = {token: f"doc-{number}" for number, token in enumerate(to_teach, 1)}
    wrong = taught.wrong if taught else {}
    return {inputs.get(token, "voice"): sentence for token, sentence in wrong.items()}


def voice(bulletin_id: str) -> str:
    """The part of that page about the recording."""
    with parts().store.reading() as session:
        bulletin = bulletins.get(session, g.who, bulletin_id, now=parts().now())
        known = facts(session, bulletin)
    return render_template("bulletins/_voice.html", **known, errors={}, polled=True)


def facts(session: Session, bulletin: Bulletin) -> dict[str, Any]:
    """All that is shown of a bulletin, to its author and to who approves it."""
    today = local_day(parts().now())
    found = _airing(session, bulletin)
    mine = can(session, g.who, Permission.COMPOSE, bulletin.area_id, today)
    sha256 = bulletin.recording_sha256
    recording = session.get(Recording, sha256) if sha256 else None
    unknown = unknown_words(bulletin)
    may_submit = mine and bool(recording) and bulletin.state in SENDABLE
    taught_for = places_to_teach(session, g.who, bulletin, today) if may_submit else []
    return {
        "bulletin": bulletin,
        "recording": recording,
        "shapes": waveform.shapes(recording),
        "progress": progress(bulletin),
        "voice_in_doubt": _voice_in_doubt(bulletin),
        "reading": reading.parts_of(bulletin.reading),
        "unknown": unknown,
        "to_teach": [token for token in unknown if can_be_taught(token)] if taught_for else [],
        "teach_places": taught_for,
        "relearned": _relearned(session, bulletin) if may_submit else [],
        "place": reading.place_of(bulletin.text, bulletin.voice_facts),
        "is_slow": parts().now() - bulletin.updated_at > SLOW_AFTER,
        "author": session.get_one(Person, bulletin.author_id).name,
        "may_edit": mine and bulletin.state != BulletinState.WITHDRAWN,
        "may_submit": may_submit,
        "may_reuse": may_reuse(session, g.who, bulletin, parts().now()),
        "decided": _decided(session, bulletin),
        "away": _away(session, bulletin),
        "is_over": expiring.is_over(bulletin.expires_on, parts().now()),
        "wait": waits.of(session, bulletin),
        **declare_form.shown(bulletin),
        "now": parts().now(),
        **found,
        **captures.facts(session, bulletin, found["airing"]),
        "answers": inbox.answers(session, bulletin.id),
        "relay": session.get(RelaySource, bulletin.relay_source),
        "relay_from": comes_from(bulletin.relay_address),
        "papers": kept_papers.of(session, bulletin.id),
        "may_keep_papers": mine and bulletin.state != BulletinState.WITHDRAWN,
        "may_remove_papers": mine and kept_papers.may_be_removed(bulletin),
        "most_paper_mb": kept_papers.MOST_MB,
        "last_heard": heard.last(session, bulletin.id) if bulletin.relay_source else None,
        **_where_and_when(session, bulletin),
    }


def _where_and_when(session: Session, bulletin: Bulletin) -> dict[str, Any]:
    rule = rule_of(bulletin)
    inside = areas.subtrees(session, bulletin.targets, local_day(parts().now()))
    stations = select(func.count()).where(Station.area_id.in_(inside), Station.active)
    return {
        "when_in_words": when_in_words(bulletin),
        "lunar": long_day(rule.pattern.day) if isinstance(rule.pattern, Once) else "",
        "target_names": places.names(session, bulletin.targets),
        "station_count": session.scalar(stations),
        "choosing": inbox.choosing(session, bulletin, inside),
        "fields": FIELD,
        "deciders": _deciders(session, bulletin),
        "room": bulletin_room.of_bulletin(session, bulletin),
        "clashes": clashes.of_bulletin(session, g.who, bulletin, parts().now()),
    }


def _deciders(session: Session, bulletin: Bulletin) -> list[str]:
    """Who can let an emergency sound: whom to call now."""
    if bulletin.cls != Class.EMERGENCY:
        return []
    now, wrote = parts().now(), (bulletin.author_id, bulletin.edited_by)
    area, needed = bulletin.area_id, Permission.APPROVE_EMERGENCY
    away = [one for one in acting.near(session, [area], now) if one.holds(now)]
    gone = {one.person_id for one in away}
    here = holders(session, needed, area, local_day(now), {*wrote, *gone})
    instead = [
        f"{one.deputy} (duyệt thay {one.person})"
        for one in away
        if one.deputy_active and one.deputy_id not in wrote and one.person_id not in wrote
    ]
    return here + instead


def _relearned(session: Session, bulletin: Bulletin) -> list[str]:
    """Words of it that have another reading by now than in its recording."""
    told = (bulletin.reading or {}).get("lexicon", {}).get("at")
    if told is None:
        return []
    craft = craft_of(bulletin)
    said = f"{bulletin.text}\n{craft.identification}\n{craft.closing}"
    at, now = datetime.fromisoformat(told), parts().now()
    return lexicon.changed_since(session, bulletin.area_id, said, at, now=now)


def progress(bulletin: Bulletin) -> str:
    """How far its voice is, as `3/12`; "" while nothing is known."""
    try:
        told = parts().media.progress(bulletin.id).read_text(encoding="ascii")
    except (FileNotFoundError, UnicodeDecodeError):
        return ""
    return told if re.fullmatch(r"\d{1,6}/\d{1,6}", told) else ""


def _voice_in_doubt(bulletin: Bulletin) -> bool:
    """Whether it was the voice that failed, so that another one may help."""
    return str((bulletin.voice_facts or {}).get("code", "")).startswith("engine_")


def _decided(session: Session, bulletin: Bulletin) -> dict[str, Any] | None:
    """Who approved or returned it last, for whom and why, as long as that is where it stands."""
    if bulletin.state not in (BulletinState.RETURNED, BulletinState.APPROVED):
        return None
    last = approval.decisions(session, bulletin.id)[0]
    names = people.names(session, {last.person_id, last.for_person_id or ""})
    by, stead = names[last.person_id], names.get(last.for_person_id or "", "")
    return {"by": by, "stead": stead, "at": last.at, "reason": last.reason}


def _away(session: Session, bulletin: Bulletin) -> list[Away]:
    """Who of those who decide is away, while it waits for one of them."""
    if bulletin.state != BulletinState.SUBMITTED:
        return []
    now = parts().now()
    return [one for one in acting.near(session, [bulletin.area_id], now) if one.holds(now)]


def _airing(session: Session, bulletin: Bulletin) -> dict[str, Any]:
    airing = _next_airing(session, bulletin)
    return {"airing": airing, **(moves.shown_at(session, airing, bulletin) if airing else {})}


def _next_airing(session: Session, bulletin: Bulletin) -> Airing | None:
    """The airing that the page points to: the one on the air or next, else the last one."""
    query = select(Airing).where(
        Airing.bulletin_id == bulletin.id, Airing.state != AiringState.CANCELLED
    )
    due = query.where(Airing.ends_at > parts().now()).order_by(Airing.starts_at)
    last = query.order_by(Airing.starts_at.desc())
    return session.scalars(due.limit(1)).first() or session.scalars(last.limit(1)).first()
