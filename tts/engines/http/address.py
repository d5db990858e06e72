"""Which addresses may be asked: those of the provider, over TLS."""

import string
from urllib.parse import urlsplit

from tts.errors import EngineFailed

NAME_AND_PORT = set(string.ascii_letters + string.digits + "-._:[]")
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def check(url: object, hosts: tuple[str, ...], *, allow_loopback_http: bool) -> str:
    """`url`, if it is https on one of `hosts`. Raises EngineFailed: a reply may name anything."""
    try:
        parts = urlsplit(url if isinstance(url, str) else "")
    except ValueError:
        parts = urlsplit("")
    host = parts.hostname or ""
    if set(parts.netloc) - NAME_AND_PORT:
        host = ""  # parsers differ on whom "a\\@b" names; no provider needs such a name
    plain = allow_loopback_http and parts.scheme == "http" and host in LOOPBACK
    if parts.scheme != "https" and not plain:
        raise EngineFailed("Giọng trực tuyến đưa một địa chỉ không an toàn.", host=host)
    if not host or not any(_is(host, allowed) for allowed in hosts):
        raise EngineFailed("Giọng trực tuyến đưa một địa chỉ lạ nên không tải.", host=host)
    return parts.geturl()


def host_of(url: str) -> str:
    """The host name in an address of a profile, "" if there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is(host: str, allowed: str) -> bool:
    return host == allowed or (allowed.startswith("*.") and host.endswith(allowed[1:]))
