"""Addresses: where other systems may be told. Pure.

Whoever may type an address could else have this server knock at doors inside its own network.
"""

import re
from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from contract.relay import may_connect

LENGTH = 500  # the column's
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def problem(address: str, named: Collection[str]) -> str:
    """Why an address cannot be used, in Vietnamese; "" when it can.

    `named` are the hosts that the settings allow although they lie in a private network.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "Địa chỉ không đúng dạng. Ví dụ: https://may-chu.tinh.gov.vn/nhan-tin."
    plain = parts.scheme == "http" and host in LOOPBACK and host in named
    if (parts.scheme != "https" and not plain) or not host or port == 0:
        return "Địa chỉ phải bắt đầu bằng https://. Ví dụ: https://may-chu.tinh.gov.vn/nhan-tin."
    if len(address) > LENGTH or not re.fullmatch(r"[!-~]+", address):
        return f"Địa chỉ tối đa {LENGTH} ký tự, không dấu cách, không dấu tiếng Việt."
    if "@" in parts.netloc or parts.fragment:
        return "Địa chỉ không được chứa tên người dùng, mật khẩu hay dấu #."
    if _is_number(host) and not may_reach(host, host, named):
        return f"{host} là địa chỉ trong mạng riêng; kỹ thuật phải cho phép (TT_HOOK_HOSTS)."
    return ""


def may_reach(host: str, ip: str, named: Collection[str]) -> bool:
    """Whether a message may go to this address, to which the name of the host led."""
    return host in named or may_connect(ip, named)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
