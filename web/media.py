"""Media: recordings by their sha256, for stations with their secret and for people signed in."""

from flask import Blueprint, abort, g, request, send_file
from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from controller import inbox, stations
from controller.areas import local_day
from controller.model import Airing, Bulletin
from controller.permissions import Permission, scope
from web.parts import parts

A_YEAR_S = 31_536_000  # what is named by its hash never changes

blueprint = Blueprint("media", __name__, url_prefix="/media")


@blueprint.get("/<sha256>.ogg")
def recording(sha256: str) -> Response:
    """The file, whole or a range of it; the sha256 is its ETag, so `If-Range` resumes safely."""
    with parts().store.reading() as session:
        allowed = _is_station(session) or _may_hear(session, sha256)
    if not allowed:
        abort(404)
    try:
        path = parts().media.recording(sha256)
    except FileNotFoundError:
        abort(404)
    answer = send_file(path, "audio/ogg", conditional=True, etag=sha256, max_age=A_YEAR_S)
    answer.cache_control.immutable = True
    del answer.cache_control.public  # a proxy must not hand it to whoever asks
    answer.cache_control.private = True
    return answer


def _is_station(session: Session) -> bool:
    """Whether a station asks; with a wrong secret it is told so, to be journalled there."""
    given = request.authorization
    if g.who is None and (given is None or given.type != "basic"):
        raise Unauthorized(www_authenticate=WWWAuthenticate("basic", {"realm": "media"}))
    if given is None or given.type != "basic":
        return False
    if stations.verify(session, given.username or "", given.password or "") is None:
        raise Unauthorized(www_authenticate=WWWAuthenticate("basic", {"realm": "media"}))
    return True


def _may_hear(session: Session, sha256: str) -> bool:
    """Whether the recording is or was part of a bulletin that the person may see or choose."""
    visible = scope(session, g.who, Permission.SEE_BULLETINS, local_day(parts().now()))
    aired = select(Airing.bulletin_id).where(Airing.recording_sha256 == sha256)
    query = select(Bulletin.area_id).where(
        or_(Bulletin.recording_sha256 == sha256, Bulletin.id.in_(aired))
    )
    if not visible.isdisjoint(session.scalars(query)):
        return True
    return inbox.may_hear(session, g.who, sha256, parts().now())
