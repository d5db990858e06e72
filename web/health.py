"""Health: whether the web server and its database answer, for the launcher and for a proxy."""

from flask import Blueprint, Response
from sqlalchemy import text

from web.parts import parts

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """`ok`; a database that does not answer is a 500 like any other fault."""
    with parts().store.reading() as session:
        session.execute(text("SELECT 1"))
    return Response("ok\n", mimetype="text/plain")
