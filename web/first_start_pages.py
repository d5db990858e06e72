"""First start pages: what each page shows, and what its form does."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from controller import areas
from controller import hours as area_hours
from controller.areas import local_day
from controller.first_start import furnish, notice
from controller.first_start.steps import Step
from controller.model import Area, AreaKind, Bulletin, FirstStart, Recording
from controller.permissions import Who
from scheduler.calendar import ZONE
from scheduler.windows import BOUND, DEFAULT
from web import bulletin_page, unit_hours, when
from web.parts import parts

Facts = dict[str, Any]
AHEAD = timedelta(minutes=2)
"""For the colleague to open the invitation, listen and approve."""

SUGGESTION = (
    "Thông báo\n"
    "Từ hôm nay {place} dùng hệ thống truyền thanh mới.\n"
    "Mời bà con lắng nghe bản tin vào các giờ phát hằng ngày."
)


def _provinces(session: Session, row: FirstStart) -> Facts:
    query = select(Area).where(Area.kind == AreaKind.PROVINCE, Area.code.is_not(None))
    there = session.scalars(query.order_by(Area.folded)).all()
    day = local_day(parts().now())
    now = [a for a in there if a.valid_from <= day and (a.valid_to is None or a.valid_to > day)]
    return {"provinces": now, "chosen": row.province_id}


def _communes(session: Session, row: FirstStart) -> Facts:
    province = areas.get(session, str(row.province_id))
    below = areas.children(session, province.id, local_day(parts().now()))
    return {
        "province": province,
        "below": below,
        "chosen": _typed(Step.COMMUNES).getlist("communes") or row.communes,
    }


def _hours(session: Session, row: FirstStart) -> Facts:
    decided = area_hours.decided(session, str(row.province_id)) or DEFAULT
    spans = unit_hours.spans(_typed(Step.HOURS)) or [(each.start, each.end) for each in decided]
    return {"spans": unit_hours.lines(spans), "bound": BOUND[0]}


def _colleague(session: Session, row: FirstStart) -> Facts:
    form = _typed(Step.COLLEAGUE)
    typed = {name: form.get(name, "") for name in ("name", "login")}
    return {**typed, "there": furnish.approvers(session, row), "place": _home(session, row)}


def _station(session: Session, row: FirstStart) -> Facts:
    place, form = _home(session, row), _typed(Step.STATION)
    return {
        "place": place,
        "there": furnish.stations_at_home(session, row),
        "can_be_virtual": parts().settings.virtual_stations,
        "reachable": parts().settings.stations_host is not None,
        "kind": form.get("kind", "virtual"),
        "name": form.get("name", f"Cụm loa {place} 1"),
    }


def _notice(session: Session, row: FirstStart) -> Facts:
    kept = session.get(Bulletin, row.bulletin_id) if row.bulletin_id else None
    there = furnish.stations_at_home(session, row)
    text = kept.text if kept else SUGGESTION.format(place=_home(session, row))
    return {"text": _typed(Step.NOTICE).get("text", text), "there": there}


def _listen(session: Session, row: FirstStart) -> Facts:
    bulletin = session.get_one(Bulletin, row.bulletin_id)
    sha256 = bulletin.recording_sha256
    return {
        "bulletin": bulletin,
        "recording": session.get(Recording, sha256) if sha256 else None,
        "progress": bulletin_page.progress(bulletin),
        "approvers": furnish.approvers(session, row),
        "there": furnish.stations_at_home(session, row),
        "start": start_at(session, row, parts().now()),
    }


def start_at(session: Session, row: FirstStart, now: datetime) -> datetime:
    """When the first notice is to sound: at once on virtual stations, else in permitted hours."""
    there = furnish.stations_at_home(session, row)
    home = furnish.home(row)
    if there and all(each.virtual for each in there):
        local = (now + AHEAD).astimezone(ZONE).replace(second=0, microsecond=0)
        return local + timedelta(minutes=1)
    return when.slot(areas.permitted_windows(session, [home], local_day(now))[home], now)


def _home(session: Session, row: FirstStart) -> str:
    return areas.get(session, furnish.home(row)).name


def _typed(step: Step) -> MultiDict[str, str]:
    """What was typed on this very page, to be shown again."""
    return request.form if request.endpoint == f"first_start.{step}" else MultiDict()


def _choose_province(session: Session, who: Who) -> None:
    furnish.province(session, who, request.form.get("province", ""), now=parts().now())


def _choose_communes(session: Session, who: Who) -> None:
    furnish.communes(session, who, request.form.getlist("communes"), now=parts().now())


def _decide_hours(session: Session, who: Who) -> None:
    furnish.hours(session, who, unit_hours.spans(request.form), now=parts().now())


def _invite(session: Session, who: Who) -> Facts:
    form = request.form
    person, token = furnish.colleague(
        session, who, form.get("name", ""), form.get("login", ""), now=parts().now()
    )
    link = url_for("auth.new_password", token=token, _external=True)
    return {"link": link, "invited": person.name, "invited_login": person.login}


def _make_station(session: Session, who: Who) -> None:
    can = parts().settings.virtual_stations
    virtual = can and request.form.get("kind") == "virtual"
    name = request.form.get("name", "")
    furnish.station(session, who, name, virtual=virtual, now=parts().now())


def _write(session: Session, who: Who) -> None:
    now = parts().now()
    start = start_at(session, furnish.mine(session, who), now)
    notice.write(session, who, request.form.get("text", ""), start, now=now)


def _send(session: Session, who: Who) -> Facts:
    now, form = parts().now(), request.form
    heard = form.get("recording", "") if "listened" in form else ""
    start = start_at(session, furnish.mine(session, who), now)
    return {"bulletin_id": notice.send(session, who, heard, start, now=now).id}


FACTS: Mapping[Step, Callable[[Session, FirstStart], Facts]] = {
    Step.PROVINCE: _provinces,
    Step.COMMUNES: _communes,
    Step.HOURS: _hours,
    Step.COLLEAGUE: _colleague,
    Step.STATION: _station,
    Step.NOTICE: _notice,
    Step.LISTEN: _listen,
}
ACTS: Mapping[Step, Callable[[Session, Who], Facts | None]] = {
    Step.PROVINCE: _choose_province,
    Step.COMMUNES: _choose_communes,
    Step.HOURS: _decide_hours,
    Step.COLLEAGUE: _invite,
    Step.STATION: _make_station,
    Step.NOTICE: _write,
    Step.LISTEN: _send,
}
FIELD: Mapping[Step, str] = {
    Step.PROVINCE: "province",
    Step.COMMUNES: "communes",
    Step.HOURS: "window-1",
    Step.COLLEAGUE: "login",
    Step.STATION: "name",
    Step.NOTICE: "text",
    Step.LISTEN: "listened",
}
"""Where a refusal is shown that names no field."""
