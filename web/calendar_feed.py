"""Calendar feed: the schedule of a place at a secret address, for calendars that come by it.

They show no cookie. RFC 5545 file, RFC 9110 conditional requests.
"""

from flask import Blueprint, Response, request
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response as AnyResponse

from controller import calendar_keys
from web import schedule_file
from web.parts import parts

AGAIN_S = 60  # when whoever asked too often may ask anew
FRESH_S = 300  # a copy is good for as long

blueprint = Blueprint("calendar_feed", __name__)


@blueprint.get("/lich/theo-doi/<secret>.ics")
def file(secret: str) -> AnyResponse:
    """The file, or 304 for whoever has it. Raises NotFound, TooManyRequests."""
    now = parts().now()
    with parts().store.writing() as session:
        admitted = calendar_keys.admit(session, secret, now=now)
    if admitted.too_often:
        raise TooManyRequests(retry_after=AGAIN_S)
    with parts().store.reading() as session:
        made = schedule_file.of_place(session, admitted.area_id, now)
    answer = Response(made, mimetype=schedule_file.MIMETYPE)
    answer.headers["Content-Disposition"] = 'inline; filename="lich-phat.ics"'
    answer.cache_control.private = True
    answer.cache_control.max_age = FRESH_S
    answer.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
    answer.add_etag()
    return answer.make_conditional(request)
