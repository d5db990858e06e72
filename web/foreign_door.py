"""The door for boxes of other makers: what they may play, its recordings, what became of it.

A box shows its station's code and its secret (HTTP Basic), or a ticket for one recording.
"""

from flask import Blueprint, Response, abort, request, send_file
from msgspec import structs
from sqlalchemy.orm import Session
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import TooManyRequests, Unauthorized

from contract.errors import Unreadable
from controller.foreign import boxes, heard, offers, standing_orders, tickets
from controller.foreign.adapters import adapter_of
from controller.foreign.http import JSON, M3U
from controller.foreign.ports import Offer
from controller.model import Airing, ForeignBox
from web.parts import parts

FORMS = {JSON: "application/json", M3U: "audio/x-mpegurl"}
LARGEST = 65_536  # bytes of a report; a hundred results take about 30,000

blueprint = Blueprint("foreign_door", __name__, url_prefix="/thiet-bi")


@blueprint.get(f"/{JSON}", defaults={"form": JSON})
@blueprint.get(f"/{M3U}", defaults={"form": M3U})
def programme(form: str) -> Response:
    """What the box may play now and in the next minutes; no copy of it is good for later."""
    box = _asking()
    told = {one.place: one.payload for one in adapter_of(box).tell(_offered(box))}
    answer = Response(told[form], mimetype=FORMS[form])
    answer.cache_control.no_store = True
    return answer


@blueprint.get("/tep/<sha256>.ogg")
def recording(sha256: str) -> Response:
    """A recording, while the box may hold it."""
    box = _asking()
    with parts().store.reading() as session:
        held = tickets.holds(session, box, parts().now())
        rows = [session.get_one(Airing, one) for one in held]
        if sha256 not in {airing.recording_sha256 for airing in rows}:
            abort(404)
    return _file(sha256)


@blueprint.get("/phat/<ticket>.ogg")
def recording_by_ticket(ticket: str) -> Response:
    """The recording of one ticket, while the box may hold it; an old one tells nothing of it."""
    with parts().store.reading() as session:
        station = tickets.holder(session, ticket)
        sha256 = tickets.recording_of(session, ticket, parts().now())
    if station is None or sha256 is None:
        abort(404)
    _count(station)
    return _file(sha256)


@blueprint.post("/ket-qua")
def results() -> tuple[str, int]:
    """What became of airings, as the box says."""
    now = parts().now()
    request.max_content_length = LARGEST
    box = _asking()
    body = request.get_data()  # it may come slowly: nobody waits for it
    try:
        said = adapter_of(box).read(body.replace(rb"\u0000", rb"\ufffd"))
    except Unreadable as error:
        return str(error), 400
    if said:
        with parts().store.writing() as session:
            heard.take(session, box, said, now)
    return "", 204


def _asking() -> ForeignBox:
    """The box that shows this secret, counted. Raises Unauthorized, TooManyRequests."""
    with parts().store.reading() as session:
        box = _known(session)
    _count(box.station_id)
    return box


def _count(station: str) -> None:
    """Count a request, in a short transaction of its own. Raises TooManyRequests."""
    with parts().store.writing() as session:
        is_let_in = boxes.may_ask(session, station, parts().now())
        heard.there(session, station, parts().now())
    if not is_let_in:
        raise TooManyRequests(retry_after=60)


def _known(session: Session) -> ForeignBox:
    """The box that shows this secret. Raises Unauthorized."""
    given = request.authorization
    if given is not None and given.type == "basic":
        box = boxes.verify(session, given.username or "", given.password or "")
        if box is not None:
            return box
    raise Unauthorized(www_authenticate=WWWAuthenticate("basic", {"realm": "box"}))


def _offered(box: ForeignBox) -> Offer:
    """What it may hold, written down when that is not what it has been given already."""
    now = parts().now()
    with parts().store.reading() as session:
        offer = offers.offer(box, offers.read_scene(session, [box], now))
        is_news = bool(offer.fresh or offer.gone) or standing_orders.wait(session, box.station_id)
    if is_news:
        with parts().store.writing() as session:
            offer = offers.hand(session, box.station_id, now)
    base = request.url_root + "thiet-bi/tep/"
    urls = {slot.airing: f"{base}{slot.recording}.ogg" for slot in offer.slots}
    return structs.replace(offer, urls=urls)


def _file(sha256: str) -> Response:
    try:
        path = parts().media.recording(sha256)
    except FileNotFoundError:
        abort(404)
    answer = send_file(path, "audio/ogg", conditional=True, etag=sha256)
    answer.cache_control.no_store = True
    return answer
