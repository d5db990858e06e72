"""Headers: what every answer tells the browser to refuse."""

import secrets

from flask import Response, g

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}


def nonce() -> str:
    """The word that marks the scripts of this one answer as ours."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def policy() -> str:
    """The content security policy: nothing from elsewhere, no inline script, no inline style.

    `data:` images are those inside Bootstrap's stylesheet, such as the arrow of a select.
    """
    return (
        "default-src 'none'; "
        f"script-src 'nonce-{nonce()}'; "
        "style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; "
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def add(answer: Response) -> Response:
    """Put the headers on; pages are private and asked for anew each time."""
    answer.headers.setdefault("Content-Security-Policy", policy())
    for name, value in _FIXED.items():
        answer.headers.setdefault(name, value)
    if "Cache-Control" not in answer.headers:
        answer.headers["Cache-Control"] = "private, no-cache"
    return answer
