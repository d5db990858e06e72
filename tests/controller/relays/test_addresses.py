"""Which addresses of streams may be named, and which doors may be knocked at."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.relay import may_connect
from controller.relays import addresses

INSIDE = frozenset({"10.1.2.3"})


@pytest.mark.parametrize(
    "address",
    ["http://vov.example/live", "https://vov.example:8443/a/b?c=d", "http://10.1.2.3:8000/vov"],
)
def test_an_address_that_leads_to_a_stream_is_good(address: str) -> None:
    assert list(addresses.problems(address, INSIDE)) == []


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "Nhập địa chỉ"),
        ("vov.example/live", "phải có dạng"),
        ("ftp://vov.example/live", "phải có dạng"),
        ("file:///etc/passwd", "phải có dạng"),
        ("http:///live", "phải có dạng"),
        ("http://vov.example:99999/live", "phải có dạng"),
        ("http://vov.example/" + "a" * 500, "phải có dạng"),
        ("http://lan:secret@vov.example/live", "mật khẩu"),
        ("http://127.0.0.1/live", "mạng riêng"),
        ("http://192.168.1.9/live", "mạng riêng"),
        ("http://169.254.169.254/latest", "mạng riêng"),
        ("http://[::1]/live", "mạng riêng"),
        ("http://[::ffff:10.0.0.1]/live", "mạng riêng"),
    ],
)
def test_any_other_is_refused_with_the_reason(address: str, said: str) -> None:
    (sentence,) = addresses.problems(address, INSIDE)
    assert said in sentence


@pytest.mark.parametrize("address", ["input:line", "input:fm"])
def test_an_input_of_the_station_is_good_too(address: str) -> None:
    assert addresses.is_input(address)
    assert list(addresses.problems(address, ())) == []


@pytest.mark.parametrize("address", ["input:", "input:alsa:hw", "http://vov.example/input:line"])
def test_no_other_word_is_an_input(address: str) -> None:
    assert not addresses.is_input(address)


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "127.1", "localhost", "[::1]", "cdn.vn/a", "http://cdn.vn", "cdn.vn:81"]
)
def test_a_further_host_is_a_name(host: str) -> None:
    (sentence,) = addresses.problems(f"http://vov.example/live {host}", INSIDE)
    assert "không phải tên máy chủ" in sentence


def test_further_hosts_are_few_and_said_once() -> None:
    assert addresses.tidied("http://vov.example CDN.vn  a.vn cdn.vn") == (
        "http://vov.example/ a.vn cdn.vn"
    )
    many = " ".join(f"h{n}.vn" for n in range(9))
    (sentence,) = addresses.problems(f"http://vov.example/live {many}", INSIDE)
    assert "Tối đa 8" in sentence


def test_a_bare_host_is_its_root_and_stray_space_is_dropped() -> None:
    assert addresses.tidied(" http://vov.example ") == "http://vov.example/"
    assert addresses.tidied("http://vov.example/live") == "http://vov.example/live"


@pytest.mark.parametrize("ip", ["10.1.2.3", "::ffff:10.1.2.3", "8.8.8.8", "2001:4860:4860::8888"])
def test_public_and_named_addresses_may_be_reached(ip: str) -> None:
    assert may_connect(ip, INSIDE)


@pytest.mark.parametrize(
    "ip", ["10.1.2.4", "127.0.0.1", "::1", "224.0.0.1", "fe80::1", "fec0::1", "64:ff9b:1::808:808"]
)
def test_no_other_may(ip: str) -> None:
    assert not may_connect(ip, INSIDE)


def nat64(inside: IPv4Address) -> IPv6Address:
    return IPv6Address(int(IPv6Address("64:ff9b::")) | int(inside))


def sixtofour(inside: IPv4Address) -> IPv6Address:
    return IPv6Address(0x2002 << 112 | int(inside) << 80 | 1)


def mapped(inside: IPv4Address) -> IPv6Address:
    return IPv6Address(0xFFFF << 32 | int(inside))


def compatible(inside: IPv4Address) -> IPv6Address:
    return IPv6Address(int(inside))


def teredo(client: IPv4Address) -> IPv6Address:
    return IPv6Address(0x2001_0000 << 96 | 0x0808_0808 << 64 | int(client) ^ 0xFFFF_FFFF)


NETWORKS = ["10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"]
NETWORKS += ["100.64.0.0/10", "224.0.0.0/4", "0.0.0.0/8"]


@given(
    st.sampled_from(NETWORKS).flatmap(lambda network: st.ip_addresses(network=network)),
    st.sampled_from([nat64, sixtofour, mapped, compatible, teredo]),
)
def test_a_private_address_stays_private_in_whatever_it_is_wrapped(
    inside: IPv4Address, wrapped: Callable[[IPv4Address], IPv6Address]
) -> None:
    assert not may_connect(str(wrapped(inside)), ())


def test_a_public_one_is_reached_through_the_translator_of_a_phone_network() -> None:
    assert may_connect("64:ff9b::8.8.8.8", ())
