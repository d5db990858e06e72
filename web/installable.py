"""Installable: what a telephone needs to install the app and to say that there is no network."""

import hashlib
import json
from functools import cache

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from web import assets

OFFLINE_ASSETS = (
    "brand.svg",
    "icons.svg",
    "styles/tokens.css",
    "styles/layout.css",
    "styles/pieces.css",
    "styles/pages.css",
    "styles/sounding.css",
    "scripts/page.js",
    "scripts/shell.js",
    "scripts/offline.js",
    "scripts/leaving.js",
    "scripts/text_shelf.js",
    "scripts/words.js",
    "vendor/bootstrap-5.3.9/bootstrap.min.css",
    "vendor/htmx-4.0.1/htmx.min.js",
)
"""What the page without a network is drawn with; it makes do with the fonts that there are."""

_WORKER = "scripts/service_worker.js"
_PAGE = assets.FOLDER.parent / "templates" / "installable" / "offline.html"

blueprint = Blueprint("installable", __name__)


@blueprint.get("/ung-dung.webmanifest")
def manifest() -> Response:
    """What a telephone shows of us: name, pictures, colours."""
    answer = jsonify(
        id="/",
        start_url=url_for("my_work.home"),
        scope="/",
        name="Truyền Thanh",
        short_name="Truyền Thanh",
        description="Soạn, duyệt và theo dõi bản tin của hệ thống truyền thanh.",
        lang="vi",
        dir="ltr",
        display="standalone",
        background_color="#0b332e",
        theme_color="#0d443d",
        icons=[
            _icon("icon-192.png", 192, "any"),
            _icon("icon-512.png", 512, "any"),
            _icon("icon-maskable-512.png", 512, "maskable"),
        ],
    )
    answer.mimetype = "application/manifest+json"
    answer.cache_control.no_cache = True
    return answer


@blueprint.get("/sw.js")
def worker() -> AnyResponse:
    """The service worker, from the root: what it may answer for is below its own address."""
    shell = [url_for("installable.offline"), *map(assets.asset, OFFLINE_ASSETS)]
    begin = f"const VERSION = {json.dumps(_version(tuple(shell)))};\n"
    begin += f"const SHELL = {json.dumps(shell)};\n"
    source = (assets.FOLDER / _WORKER).read_text(encoding="utf-8")
    answer = Response(begin + source, mimetype="text/javascript")
    answer.cache_control.no_cache = True
    return answer.make_conditional(request)


@blueprint.get("/ngoai-tuyen")
def offline() -> str:
    """What the worker shows when no answer comes; the same for everybody."""
    return render_template("installable/offline.html")


@cache
def _version(shell: tuple[str, ...]) -> str:
    """Another one as soon as anything of the shell is another."""
    parts = [_PAGE.read_bytes(), (assets.FOLDER / _WORKER).read_bytes(), *map(str.encode, shell)]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()[:12]


def _icon(name: str, size: int, purpose: str) -> dict[str, str]:
    return {
        "src": assets.asset(f"icons/{name}"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }
