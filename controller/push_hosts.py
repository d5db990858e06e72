"""Push hosts: the services of browsers' makers, to which alone this server may be sent."""

from collections.abc import Callable
from urllib.parse import urlsplit

USUAL = "fcm.googleapis.com,updates.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com"


def allowed_by(listed: str) -> Callable[[str], bool]:
    """Whether an endpoint lies at one of these hosts; `*.` stands for any name before it.

    A browser tells the endpoint, so anybody could name any address of our own network.
    """
    hosts = [host.strip().casefold() for host in listed.split(",") if host.strip()]

    def allowed(endpoint: str) -> bool:
        try:
            asked = urlsplit(endpoint)
            host, port = asked.hostname or "", asked.port
        except ValueError:
            return False
        if asked.scheme != "https" or port not in (None, 443) or asked.username is not None:
            return False
        return any(
            host == each or (each.startswith("*.") and host.endswith(each[1:])) for each in hosts
        )

    return allowed
