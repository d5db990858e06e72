"""OpenAPI 3.1: the schema of the API, made from its operations."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from http import HTTPStatus
from typing import Any, get_type_hints

import msgspec
from flask import Response, jsonify

from web.api import airings, areas, bulletins, orders, readings, stations, verdicts
from web.api.operations import (
    FILE,
    JSON,
    KEY_HEADER,
    KEY_PATTERN,
    OPERATIONS,
    SOUND,
    Operation,
    blueprint,
)
from web.api.problems import MEDIA_TYPE, Problem

VERSION = "1.1.0"
"""Of the API: whatever keeps an earlier program working raises the second number."""

SECTIONS = (areas, stations, bulletins, airings, verdicts, orders, readings)
"""The modules that hold operations; each is a tag, explained by its first line."""

_ALWAYS = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS)
_REF = "#/components/schemas/{name}"
Schema = dict[str, Any]


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The schema."""
    return jsonify(document())


@cache
def document() -> Schema:
    """The whole schema."""
    paths: Schema = {}
    kinds = _kinds()
    schemas, components = msgspec.json.schema_components(kinds, ref_template=_REF)
    known = dict(zip(map(repr, kinds), schemas, strict=True))
    for operation in OPERATIONS:
        path = re.sub(r"<(\w+)>", r"{\1}", operation.path)
        paths.setdefault(path, {})[operation.method.lower()] = _operation(operation, known)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Truyền Thanh", "version": VERSION, "license": _LICENSE},
        "servers": [{"url": "/api/v1"}],
        "security": [{"key": []}],
        "tags": [{"name": tag_of(each), "description": _told(each)} for each in SECTIONS],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": {"key": _KEY}},
    }


_LICENSE = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
_KEY = {"type": "http", "scheme": "bearer", "description": "A key made on /cai-dat/khoa-api."}


def tag_of(module: Any) -> str:
    """The name of a section."""
    return str(module.__name__.rpartition(".")[2])


def _kinds() -> list[Any]:
    """Every type that a request or an answer has, each once."""
    found: list[Any] = [Problem]
    for operation in OPERATIONS:
        types = operation.types
        found += [types[name] for name in ("query", "body", "return") if name in types]
    wanted = {repr(each): each for each in found if each is not bytes}
    return list(wanted.values())


def _operation(operation: Operation, known: dict[str, Schema]) -> Schema:
    types = operation.types
    module = operation.handler.__module__.rpartition(".")[2]
    told: Schema = {
        "operationId": f"{module}_{operation.handler.__name__}",
        "tags": [module],
        "summary": _told(operation.handler),
        "description": f"Permission: `{operation.permission}`.",
        "parameters": list(_parameters(operation)),
        "responses": dict(_responses(operation, known)),
    }
    if "body" in types:
        content = {JSON: {"schema": known[repr(types["body"])]}}
        told["requestBody"] = {"required": True, "content": content}
    if "upload" in types:
        content = {FILE: {"schema": {"type": "string", "format": "binary"}}}
        told["requestBody"] = {"required": True, "content": content}
    return told


def _parameters(operation: Operation) -> Iterator[Schema]:
    for name in re.findall(r"<(\w+)>", operation.path):
        schema = {"type": "string", "minLength": 1, "maxLength": 64}
        yield {"name": name, "in": "path", "required": True, "schema": schema}
    if operation.method == "POST":
        schema = {"type": "string", "pattern": KEY_PATTERN}
        yield {"name": KEY_HEADER, "in": "header", "required": True, "schema": schema}
    query = operation.types.get("query")
    for field in msgspec.structs.fields(query) if query else ():
        kind = get_type_hints(query, include_extras=True)[field.name]
        (schema,), shared = msgspec.json.schema_components([kind], ref_template=_REF)
        if "$ref" in schema:  # a word of a list: told on the spot
            schema = shared[str(schema["$ref"]).rpartition("/")[2]]
        yield {"name": field.name, "in": "query", "required": field.required, "schema": schema}


def _responses(operation: Operation, known: dict[str, Schema]) -> Iterable[tuple[str, Schema]]:
    kind = operation.types["return"]
    if kind is bytes:
        yield "200", {"description": "The file.", "content": {SOUND: {}}}
    else:
        content = {JSON: {"schema": known[repr(kind)]}}
        yield str(operation.status.value), {"description": "Done.", "content": content}
    if operation.method == "GET":
        yield "304", {"description": "As it was (If-None-Match)."}
    refused = {*_ALWAYS, HTTPStatus.NOT_FOUND}
    if operation.method == "POST":
        refused |= {HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY}
        refused.add(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    problem = {MEDIA_TYPE: {"schema": known[repr(Problem)]}}
    for status in sorted(refused):
        yield str(status.value), {"description": status.phrase, "content": problem}


def _told(thing: Any) -> str:
    """The first paragraph of what it says of itself, as one line."""
    return " ".join(str(thing.__doc__).split("\n\n", maxsplit=1)[0].split())
