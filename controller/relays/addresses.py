"""Addresses of streams: which may be named. Pure.

An address may be followed, after spaces, by the further hosts that its stream leads to: lists and
segments of HLS often come from a content network. All of it is what a person approves.
"""

import re
from collections.abc import Collection, Iterator
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import msgspec

from contract.messages import HOSTS, HostName, Stream, StreamUrl
from contract.relay import may_connect

LENGTH = 500  # the columns'


def tidied(address: str) -> str:
    """With the path that a bare host means, and each further host once."""
    stream, hosts = split(address)
    if re.fullmatch(r"https?://[^/?#]+", stream):
        stream += "/"
    return " ".join([stream, *sorted({host.lower() for host in hosts})])


def split(address: str) -> tuple[str, list[str]]:
    """The stream itself, and the further hosts."""
    stream, *hosts = address.split() or [""]
    return stream, hosts


def problems(address: str, allowed: Collection[str]) -> Iterator[str]:
    """Why a tidied address cannot be a source; `allowed` are private ones that settings name."""
    if is_input(address):
        return
    address, hosts = split(address)
    for host in hosts:
        if not _fits(host, HostName):
            yield f"{host[:80]} không phải tên máy chủ, ví dụ: cdn.dai.vn."
    if len(hosts) > HOSTS or (hosts and len(" ".join([address, *hosts])) > LENGTH):
        yield f"Tối đa {HOSTS} máy chủ khác, và {LENGTH} ký tự cùng với địa chỉ."
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
