"""Web push: one message, encrypted for one browser (RFC 8291), signed as ours (RFC 8292)."""

from collections.abc import Callable
from pathlib import Path

import requests
from py_vapid import Vapid02
from pywebpush import WebPushException, webpush

from controller.model import PushSubscription
from controller.passkey_site import Site
from controller.push.key import key_in
from controller.push_port import Pushed

WITHIN_S = 10
LIVES_S = 3600  # what waits for approval an hour later is told by the page itself
GONE = frozenset({404, 410})  # RFC 8030 §7.3: the browser has unsubscribed


def subject(site: Site) -> str:
    """Whom a service may complain to about us: our own address, or nobody's on one machine."""
    return (
        f"https://{site.rp_id}" if site.origin.startswith("https:") else "mailto:quan-tri@localhost"
    )


class WebPusher:
    """Speaks to the services that `allowed` says yes to, by their address, and follows none on."""

    def __init__(self, keys: Path, subject: str, allowed: Callable[[str], bool]) -> None:
        """`subject`: whom a service may complain to, a `mailto:` or an `https:` address."""
        self._keys, self._subject, self._allowed = keys, subject, allowed

    def push(self, to: PushSubscription, message: str) -> Pushed:
        """Hand a short message over; it may come a little later, or never."""
        if not self._allowed(to.endpoint):
            return Pushed.GONE
        try:
            with requests.Session() as session:
                session.max_redirects = 0
                webpush(
                    {"endpoint": to.endpoint, "keys": {"p256dh": to.p256dh, "auth": to.auth}},
                    message,
                    vapid_private_key=Vapid02(key_in(self._keys)),
                    vapid_claims={"sub": self._subject},
                    timeout=WITHIN_S,
                    ttl=LIVES_S,
                    headers={"Urgency": "high", "Topic": "duyet"},  # a newer one replaces it
                    requests_session=session,
                )
        except WebPushException as error:
            return Pushed.GONE if error.status_code in GONE else Pushed.LATER
        except ValueError:
            return Pushed.GONE  # keys that are none: no later try will do better
        except requests.RequestException:
            return Pushed.LATER
        return Pushed.SENT
