"""Cookie: Flask's signed cookie, which over HTTPS is never sent in clear."""

from flask import Flask, has_request_context, request
from flask.sessions import SecureCookieSessionInterface


class Cookie(SecureCookieSessionInterface):
    """Secure as soon as the page came over HTTPS; a commune's own network may have none."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether this answer's cookie may travel over HTTPS only."""
        secure_here = has_request_context() and request.is_secure
        return secure_here or super().get_cookie_secure(app)
