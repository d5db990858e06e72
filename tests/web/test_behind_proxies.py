"""Whose address is counted and shown, with proxies before the server and without."""

import pytest
from flask import Flask, request

from web import behind_proxies

CLIENT, PROXY, NEAR = "203.0.113.7", "10.0.0.2", "10.0.0.3"
FORGED = "198.51.100.66"


def seen(trusted: int, forwarded: str | None) -> str:
    app = Flask(__name__)
    behind_proxies.install(app, trusted)
    app.add_url_rule("/", view_func=lambda: f"{request.remote_addr} {request.scheme}")
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "xau.example"}
    if forwarded is not None:
        headers["X-Forwarded-For"] = forwarded
    return app.test_client().get("/", headers=headers, environ_base={"REMOTE_ADDR": NEAR}).text


@pytest.mark.parametrize(
    ("trusted", "forwarded", "told"),
    [
        (0, FORGED, f"{NEAR} http"),
        (1, CLIENT, f"{CLIENT} https"),
        (1, f"{FORGED}, {CLIENT}", f"{CLIENT} https"),
        (2, f"{FORGED}, {CLIENT}, {PROXY}", f"{CLIENT} https"),
        (2, FORGED, f"{NEAR} https"),  # it did not come by both of them
        (1, None, f"{NEAR} https"),
    ],
)
def test_only_what_our_proxies_wrote_is_believed(
    trusted: int, forwarded: str | None, told: str
) -> None:
    assert seen(trusted, forwarded) == told
