"""Behind proxies: who asks is read from what our own proxies wrote, and from nothing else."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def install(app: Flask, trusted: int) -> None:
    """Believe the last `trusted` entries of X-Forwarded-For; with none, no entry at all.

    Whoever comes can write the header: only what the proxies added behind it is theirs. The
    scheme is what the nearest proxy says, which sets X-Forwarded-Proto rather than adding to it.
    """
    if trusted:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # as Flask's documents have it
            app.wsgi_app, x_for=trusted, x_proto=1, x_host=0, x_port=0, x_prefix=0
        )
