"""Addresses of streams: which may be named. Pure."""

import re
from collections.abc import Collection, Iterator
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import msgspec

from contract.messages import Stream, StreamUrl
from contract.relay import may_connect


def tidied(address: str) -> str:
    """With the path that a bare host means."""
    address = "".join(address.split())
    return f"{address}/" if re.fullmatch(r"https?://[^/?#]+", address) else address


def problems(address: str, allowed: Collection[str]) -> Iterator[str]:
    """Why a tidied address cannot be a source; `allowed` are private ones that settings name."""
    if is_input(address):
        return
    if not address:
        yield "Nhập địa chỉ luồng phát, bắt đầu bằng http:// hoặc https://."
    elif "@" in address:
        yield "Địa chỉ không được chứa tên người dùng hay mật khẩu."
    elif not _is_url(address) or not host_of(address):
        yield "Địa chỉ phải có dạng http://máy-chủ/đường-dẫn hoặc https://máy-chủ/đường-dẫn."
    elif (literal := _literal(address)) and not may_connect(literal, allowed):
        yield f"{literal} là địa chỉ trong mạng riêng; kỹ thuật phải cho phép trước khi dùng."


def is_input(address: str) -> bool:
    """Whether it names an input of the station, which the server cannot reach."""
    return _fits(address, Stream) and not _is_url(address)


def _is_url(address: str) -> bool:
    return _fits(address, StreamUrl)


def _fits(address: str, kind: Any) -> bool:
    try:
        msgspec.convert(address, kind)
    except msgspec.ValidationError:
        return False
    return True


def host_of(address: str) -> str:
    """The host of an address; "" when there is none or its port is none."""
    try:
        parts = urlsplit(address)
        no_port = parts.port == 0
    except ValueError:
        return ""
    return "" if no_port else parts.hostname or ""


def _literal(address: str) -> str:
    """The host when it is an IP address itself."""
    host = host_of(address)
    try:
        return str(ip_address(host))
    except ValueError:
        return ""
