"""Which addresses of streams may be named, and which doors may be knocked at."""

import pytest

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


def test_a_bare_host_is_its_root_and_stray_space_is_dropped() -> None:
    assert addresses.tidied(" http://vov.example ") == "http://vov.example/"
    assert addresses.tidied("http://vov.example/live") == "http://vov.example/live"


@pytest.mark.parametrize("ip", ["10.1.2.3", "::ffff:10.1.2.3", "8.8.8.8", "2001:4860:4860::8888"])
def test_public_and_named_addresses_may_be_reached(ip: str) -> None:
    assert may_connect(ip, INSIDE)


@pytest.mark.parametrize("ip", ["10.1.2.4", "127.0.0.1", "::1", "224.0.0.1", "fe80::1"])
def test_no_other_may(ip: str) -> None:
    assert not may_connect(ip, INSIDE)
