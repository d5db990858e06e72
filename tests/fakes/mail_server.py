"""A real mail server on a free loopback port (aiosmtpd), which keeps what it is given."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from controller.demo.free_ports import any_free_port

USER, PASSWORD = "truyen-thanh", "mat-khau-dung"


class Kept:
    """What was handed over; `answers` refuses addresses, `after_data` whole mails."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.encrypted: list[bool] = []
        self.answers: dict[str, str] = {}
        self.after_data = "250 OK"

    async def handle_RCPT(  # noqa: N802 - as aiosmtpd calls it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.after_data.startswith("250"):
            self.envelopes.append(envelope)
            self.encrypted.append(session.ssl is not None)
        return self.after_data


def _right(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    right = isinstance(given, LoginPassword) and given.password == PASSWORD.encode()
    return AuthResult(success=right, handled=False)


@contextmanager
def mail_server(
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    asks: bool = False,
) -> Iterator[tuple[Kept, int]]:
    """What it keeps, and its port. `asks`: for the user's password, in clear too where it must."""
    kept, port = Kept(), any_free_port()
    given: dict[str, Any] = {"require_starttls": True, "tls_context": starttls} if starttls else {}
    if asks:
        given |= {
            "authenticator": _right,
            "auth_required": True,
            "auth_require_tls": starttls is not None,
        }
    server = Controller(kept, hostname="127.0.0.1", port=port, ssl_context=tls, **given)
    server.start()
    try:
        yield kept, port
    finally:
        server.stop()
