"""Passkey site: whether a passkey can be used on this page, and the challenge of this browser."""

import secrets
from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import abort, request, session

from controller import passkey_site, passkeys
from controller.passkey_answer import ANSWERED_WITHIN, Told
from controller.passkey_site import Site
from web.parts import parts

FIELD = "credential"
"""The field of a form in which a browser sends what the device answered."""

_CHALLENGE, _ASKED_AT = "challenge", "challenge_at"


def site() -> Site | None:
    """The site, if this page was opened at its address: a browser refuses any other."""
    found = passkey_site.site_of(parts().settings.public_url)
    if found is None or urlsplit(found.origin).netloc != request.host:
        return None
    return found


def must() -> Site:
    """The site; where there is none, no such page."""
    return site() or abort(404)


def why_not() -> str:
    """Why no passkey can be used here, and what to do about it; "" when one can."""
    url = parts().settings.public_url
    if url is None:
        return (
            "Máy chủ chưa khai báo địa chỉ HTTPS có tên miền nên chưa dùng được khóa truy cập. "
            "Hãy nhờ người quản trị máy chủ đặt TT_PUBLIC_URL."
        )
    if found := passkey_site.trouble(url):
        return f"Chưa dùng được khóa truy cập vì {found}."
    return "" if site() else f"Khóa truy cập chỉ dùng được khi mở trang ở địa chỉ {url}"


def ready(person_id: str) -> bool:
    """Whether this person can show a passkey on this page."""
    if site() is None:
        return False
    with parts().store.reading() as database:
        return passkeys.has(database, person_id)


def here() -> bool:
    """Whether a passkey may be shown on this page, whoever comes."""
    return site() is not None


def fresh_challenge() -> bytes:
    """A new one for this browser, in its signed cookie; an earlier one is void."""
    challenge = secrets.token_bytes(32)
    session[_CHALLENGE] = challenge.hex()
    session[_ASKED_AT] = int(parts().now().timestamp())
    return challenge


def told() -> Told | None:
    """What the form brings for the challenge of this browser; None for none, or a late one."""
    challenge, asked = session.pop(_CHALLENGE, None), session.pop(_ASKED_AT, 0)
    answer = request.form.get(FIELD, "")
    late = parts().now() - datetime.fromtimestamp(asked, UTC) > ANSWERED_WITHIN
    if not challenge or not answer or late:
        return None
    return Told(bytes.fromhex(challenge), answer)
