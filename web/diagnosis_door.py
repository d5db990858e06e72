"""Where a station with a password brings a diagnosis that was asked for (HTTP Basic)."""

from flask import Blueprint, abort, request

from contract.diagnosis import LIMIT
from contract.errors import Unreadable
from controller import diagnoses, stations
from web.parts import parts

blueprint = Blueprint("diagnosis_door", __name__, url_prefix="/diagnosis")


@blueprint.post("/<order_id>")
def take(order_id: str) -> str:
    """Take it once; who is not the station that was asked is told nothing."""
    given = request.authorization
    if given is None or given.type != "basic":
        abort(401)
    with parts().store.reading() as session:
        station = stations.verify(session, given.username or "", given.password or "")
    if station is None:
        abort(401)
    request.max_content_length = LIMIT
    body = request.get_data()  # before the transaction: who sends slowly keeps nobody waiting
    try:
        with parts().store.writing() as session:
            diagnoses.take(session, station.id, order_id, body, parts().now())
    except Unreadable:
        abort(400)
    return "OK"
