"""Passkey site: the one name to which passkeys are tied, taken from the server's own address."""

import ipaddress
from urllib.parse import urlsplit

from msgspec import Struct

HERE = "localhost"
"""The only name that browsers trust without HTTPS (W3C Secure Contexts §3.1)."""


class Site(Struct, frozen=True):
    """`origin` as a browser tells it, `rp_id` the host in it (WebAuthn §5.1.3)."""

    origin: str
    rp_id: str


def site_of(url: str | None) -> Site | None:
    """The site of TT_PUBLIC_URL; None where passkeys cannot be (`trouble` tells why)."""
    if url is None or trouble(url):
        return None
    asked = urlsplit(url)
    host = asked.hostname or ""
    usual = {"https": 443, "http": 80}[asked.scheme]
    port = f":{asked.port}" if asked.port not in (None, usual) else ""
    return Site(origin=f"{asked.scheme}://{host}{port}", rp_id=host)


def trouble(url: str) -> str:
    """Why passkeys cannot be tied to this address, in Vietnamese; "" when they can."""
    try:
        asked = urlsplit(url)
        host, _ = asked.hostname or "", asked.port
    except ValueError:
        return f"không đọc được địa chỉ {url}: viết như https://truyenthanh.xa.gov.vn"
    if asked.scheme not in ("https", "http") or not host:
        return f"địa chỉ {url} phải viết đủ, như https://truyenthanh.xa.gov.vn"
    if asked.path.strip("/") or asked.query or asked.fragment or asked.username is not None:
        return f"địa chỉ {url} chỉ gồm https:// và tên máy chủ, không có gì phía sau"
    if _is_number(host):
        return f"{host} là số, khóa truy cập cần một tên miền: đặt tên miền cho máy chủ"
    if asked.scheme == "http" and host != HERE:
        return f"khóa truy cập cần HTTPS: cài chứng thư cho {host} rồi viết https://{host}"
    return ""


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
