"""Operations: a function with typed arguments becomes a route and its part of the schema."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, BinaryIO, cast, get_type_hints

import msgspec
from flask import Blueprint, Response, g, request
from msgspec import Struct

from controller.api import answers
from controller.permissions import Permission
from web.api.call import Call
from web.api.problems import Malformed
from web.parts import parts

KEY_HEADER = "Idempotency-Key"
KEY_PATTERN = "^[A-Za-z0-9_-]{1,80}$"

JSON, SOUND, FILE = "application/json", "audio/ogg", "application/octet-stream"

FILE_BYTES = 50 * 1024 * 1024
"""The largest upload, as on the pages."""

Handler = Callable[..., Any]

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@dataclass(frozen=True, slots=True)
class Operation:
    """What the schema says of a route; `path` is Flask's."""

    method: str
    path: str
    handler: Handler
    permission: Permission
    status: HTTPStatus
    before: Handler | None = None  # of an upload: whether a file is taken at all

    @property
    def types(self) -> dict[str, Any]:
        """Those of the handler's arguments and of its answer."""
        return get_type_hints(self.handler, include_extras=True)


OPERATIONS: list[Operation] = []
"""All of them, in the order in which they are explained."""


def get(path: str, permission: Permission) -> Callable[[Handler], Handler]:
    """A handler that looks, and gives a value or the bytes of a sound; a key needs `permission`."""
    return lambda handler: _register("GET", path, handler, permission, HTTPStatus.OK)


def post(
    path: str, permission: Permission, status: HTTPStatus = HTTPStatus.OK
) -> Callable[[Handler], Handler]:
    """A handler that acts, once for each Idempotency-Key."""
    return lambda handler: _register("POST", path, handler, permission, status)


def upload(path: str, permission: Permission, before: Handler) -> Callable[[Handler], Handler]:
    """A handler that takes a file, once for each Idempotency-Key.

    `before` raises for what shall not be touched, while nothing of the file is on the disk.
    """
    return lambda handler: _register(
        "POST", path, handler, permission, HTTPStatus.OK, before=before
    )


def _register(
    method: str,
    path: str,
    handler: Handler,
    permission: Permission,
    status: HTTPStatus,
    *,
    before: Handler | None = None,
) -> Handler:
    operation = Operation(method, path, handler, permission, status, before)
    OPERATIONS.append(operation)
    answer = _look if method == "GET" else _take if before else _act
    name = f"{handler.__module__.rpartition('.')[2]}_{handler.__name__}"
    view = lambda **ids: answer(operation, ids)  # noqa: E731 - a view of this operation
    blueprint.add_url_rule(path, name, view, methods=[method])
    return handler


def _look(operation: Operation, ids: dict[str, str]) -> Response:
    if "query" in operation.types:
        given = {"query": _query(operation.types["query"])}
    else:
        given = {}
        _query(Nothing)
    with parts().store.reading() as session:
        found = operation.handler(Call(session, g.who, parts().now()), **ids, **given)
    sound = isinstance(found, bytes)
    body = found if sound else msgspec.json.encode(found)
    answer = Response(body, operation.status, content_type=SOUND if sound else JSON)
    answer.set_etag(hashlib.sha256(body).hexdigest()[:32])
    answer.cache_control.private = True
    answer.cache_control.no_cache = True  # kept, but asked about each time
    answer.make_conditional(request)
    return answer


def _act(operation: Operation, ids: dict[str, str]) -> Response:
    _query(Nothing)
    raw = request.get_data()
    given = {"body": _body(raw, operation.types["body"])} if "body" in operation.types else {}
    return _done(operation, ids, given, raw)


def _take(operation: Operation, ids: dict[str, str]) -> Response:
    """The file is on the disk before its row names it; one that no row names is swept later."""
    if operation.before:
        with parts().store.reading() as session:
            operation.before(Call(session, g.who, parts().now()), **ids)
    query = _query(operation.types["query"])
    if request.mimetype != FILE:
        raise Malformed(f"Content-Type: {FILE}")
    request.max_content_length = FILE_BYTES
    kept = parts().media.keep_original(cast("BinaryIO", request.stream))
    given = {"query": query, "upload": Upload(kept)}
    return _done(operation, ids, given, request.query_string + b"\n" + kept.encode())


def _done(operation: Operation, ids: dict[str, str], given: dict[str, Any], raw: bytes) -> Response:
    asked = f"{request.method} {request.path}\n".encode() + raw
    act = answers.Act(g.who.key_id, request.headers[KEY_HEADER], asked)
    now = parts().now()
    with parts().store.writing() as session:
        before = answers.begin(session, act, now=now)
        if before is not None:
            return _json(before.body, before.status)
        done = operation.handler(Call(session, g.who, now), **ids, **given)
        session.flush()
        body = msgspec.json.encode(done)
        answers.conclude(session, act, operation.status, body)
    parts().nudge()
    return _json(body, operation.status)


class Upload(Struct, frozen=True):
    """A file that Media keeps."""

    sha256: str


class Nothing(Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked of operations that take no query."""


def _query(kind: type[Struct]) -> Struct:
    """Raises Malformed, also for a word that is said twice or that nobody knows."""
    for name, values in request.args.lists():
        if len(values) > 1 or "\0" in values[0]:
            raise Malformed(name)
    try:
        return msgspec.convert(request.args.to_dict(), kind, strict=False)
    except msgspec.ValidationError as error:
        raise Malformed(str(error)) from error


def _body(raw: bytes, kind: type[Struct]) -> Struct:
    if request.mimetype != JSON:
        raise Malformed("Content-Type: application/json")
    if b"\\u0000" in raw:  # PostgreSQL keeps no text with it
        raise Malformed("U+0000")
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed(str(error)) from error


def _json(body: bytes, status: int) -> Response:
    return Response(body, status, content_type=JSON)
