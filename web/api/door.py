"""Door: a program shows its key with each request; what it gets wrong is told as a problem."""

import re
from http import HTTPStatus

from flask import Response, g, request

from controller.api import keys
from controller.errors import ControllerError
from web.api import problems
from web.api.operations import KEY_HEADER, KEY_PATTERN, blueprint
from web.parts import parts

OPEN = frozenset({"api.openapi"})
"""The schema is no secret."""


@blueprint.before_request
def admit() -> Response | None:
    """Who asks; each request counts, so that one program does not starve the others."""
    if request.endpoint in OPEN:
        return None
    admitted = _admitted()
    if admitted is None:
        answer = problems.of_status(HTTPStatus.UNAUTHORIZED)
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    g.api_left = max(0, admitted.left)
    if admitted.left < 0:
        answer = problems.of_status(HTTPStatus.TOO_MANY_REQUESTS)
        answer.headers["Retry-After"] = str(admitted.renewed_s)
        return answer
    g.who = admitted.who
    if "\0" in request.path:
        return problems.of_status(HTTPStatus.NOT_FOUND)
    named = re.fullmatch(KEY_PATTERN, request.headers.get(KEY_HEADER, ""))
    if request.method == "POST" and not named:
        return problems.of_status(HTTPStatus.BAD_REQUEST, said=KEY_HEADER)
    return None


@blueprint.after_request
def count(answer: Response) -> Response:
    """Say how many requests are left in this minute."""
    if "api_left" in g:
        answer.headers["RateLimit-Limit"] = str(keys.A_MINUTE)
        answer.headers["RateLimit-Remaining"] = str(g.api_left)
    return answer


@blueprint.errorhandler(problems.Malformed)
def malformed(error: problems.Malformed) -> Response:
    """The request is not what the schema says."""
    return problems.of_status(HTTPStatus.BAD_REQUEST, said=str(error))


@blueprint.errorhandler(ControllerError)
def refused(error: ControllerError) -> Response:
    """A use case refused it."""
    return problems.told(error)


def _admitted() -> keys.Admitted | None:
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token:
        return None
    with parts().store.writing() as session:
        return keys.admit(session, given.token, now=parts().now())
