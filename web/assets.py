"""Assets: our own static files, under addresses that change with their content, compressed once."""

import gzip
import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, abort, request, url_for
from werkzeug.wrappers import Response as AnyResponse

FOLDER = Path(__file__).parent / "static"
A_YEAR_S = 31_536_000  # an address names one content for ever
_TEXT = (".css", ".js", ".svg", ".json", ".webmanifest")

blueprint = Blueprint("assets", __name__)

# the tables of the machine differ; a stylesheet of the wrong type is refused under `nosniff`
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("font/woff2", ".woff2")


@cache
def _content(name: str) -> bytes | None:
    """The bytes of a file below the folder; None for anything else."""
    path = (FOLDER / name).resolve()
    if not path.is_relative_to(FOLDER) or not path.is_file():
        return None
    return path.read_bytes()


@cache
def _zipped(name: str) -> bytes:
    return gzip.compress(_content(name) or b"", 9, mtime=0)


@cache
def fingerprint(name: str) -> str:
    """The first digits of the file's sha256. Raises FileNotFoundError: a typo is seen at once."""
    content = _content(name)
    if content is None:
        raise FileNotFoundError(name)
    return hashlib.sha256(content).hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a static file, for templates: a page of many rows asks for its icons often."""
    return _address(request.script_root, name)


@cache
def _address(_root: str, name: str) -> str:
    return url_for("assets.serve", name=name, v=fingerprint(name))


@blueprint.get("/static/<path:name>")
def serve(name: str) -> AnyResponse:
    """One static file."""
    content = _content(name)
    if content is None:
        abort(404)
    zipped = name.endswith(_TEXT) and request.accept_encodings["gzip"] > 0
    answer = Response(_zipped(name) if zipped else content, mimetype=_type(name))
    if zipped:
        answer.content_encoding = "gzip"
    answer.vary.add("Accept-Encoding")
    answer.set_etag(fingerprint(name) + ("-gzip" if zipped else ""))
    _say_how_long(answer, lasting="v" in request.args or name.startswith("vendor/"))
    return answer.make_conditional(request)


def _type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _say_how_long(answer: Response, *, lasting: bool) -> None:
    """An address with a fingerprint, or a vendored one with its version, names one content."""
    answer.cache_control.public = True
    answer.cache_control.max_age = A_YEAR_S if lasting else 0
    answer.cache_control.immutable = lasting
