"""Pure rules: the signature against the published example, addresses, pauses."""

import base64
import hmac
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.hooks import addresses, signing
from controller.hooks.delivering import FIRST_PAUSE, LONGEST_PAUSE, pause
from controller.hooks.spreading import TRIED_FOR

NOBODY: frozenset[str] = frozenset()


def test_the_signature_is_that_of_the_specifications_own_example() -> None:
    # Standard Webhooks, the vector that its libraries are tested with
    secret, at = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", datetime.fromtimestamp(1614265330, UTC)
    found = signing.headers(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')
    assert found == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@given(body=st.binary(max_size=200))
def test_a_fresh_secret_has_a_length_that_the_specification_allows(body: bytes) -> None:
    secret = signing.new_secret()
    key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    assert 24 <= len(key) <= 64
    found = signing.headers(secret, "msg_1", datetime.fromtimestamp(7, UTC), body)
    mac = base64.b64encode(hmac.new(key, b"msg_1.7." + body, sha256).digest()).decode()
    assert found["webhook-signature"] == f"v1,{mac}"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://nhan.tinh.gov.vn/hook?x=1", ""),
        ("https://nhan.tinh.gov.vn:8443/", ""),
        ("https://8.8.8.8/", ""),
        ("http://nhan.tinh.gov.vn/", "bắt đầu bằng https://"),
        ("ftp://nhan.tinh.gov.vn/", "bắt đầu bằng https://"),
        ("https://", "bắt đầu bằng https://"),
        ("https://nhan.tinh.gov.vn:0/", "bắt đầu bằng https://"),
        ("https://nhan.tinh.gov.vn:99999/", "không đúng dạng"),
        ("https://a:b@nhan.tinh.gov.vn/", "mật khẩu"),
        ("https://nhan.tinh.gov.vn/#x", "mật khẩu"),
        ("https://nhận.tinh.gov.vn/", "không dấu"),
        ("https://nhan.tinh.gov.vn/\r\nX: y", "không dấu"),
        ("https://nhan.tinh.gov.vn/" + "a" * 500, "500"),
        ("http://localhost/", "bắt đầu bằng https://"),
        ("https://10.0.0.5/", "mạng riêng"),
        ("https://127.0.0.1/", "mạng riêng"),
        ("https://169.254.169.254/latest", "mạng riêng"),
        ("https://100.64.0.1/", "mạng riêng"),
        ("https://[::ffff:10.0.0.5]/", "mạng riêng"),
        ("https://[fe80::1]/", "mạng riêng"),
        ("https://224.0.0.1/", "mạng riêng"),
        ("https://0.0.0.0/", "mạng riêng"),
    ],
)
def test_an_address_that_cannot_be_used_is_told_in_words(address: str, words: str) -> None:
    found = addresses.problem(address, NOBODY)
    assert words in found
    assert bool(found) == bool(words)


def test_what_the_settings_name_may_lie_in_a_private_network() -> None:
    named = frozenset({"10.0.0.5", "localhost"})
    assert addresses.problem("https://10.0.0.5/hook", named) == ""
    assert addresses.problem("http://localhost:9000/hook", named) == ""
    assert "https" in addresses.problem("http://10.0.0.5/hook", named)
    assert addresses.may_reach("nhan.tinh.gov.vn", "10.0.0.5", named)
    assert not addresses.may_reach("nhan.tinh.gov.vn", "10.0.0.6", named)


@given(luck=st.floats(0, 1, exclude_max=True), tries=st.integers(1, 500))
def test_pauses_grow_and_never_pass_their_bound(luck: float, tries: int) -> None:
    assert FIRST_PAUSE * 0.8 <= pause(tries, luck) <= LONGEST_PAUSE * 1.2
    assert pause(tries + 1, 0.5) >= pause(tries, 0.5)


def test_three_days_are_tried_some_dozens_of_times() -> None:
    waited, tries = timedelta(), 0
    while waited < TRIED_FOR:
        tries += 1
        waited += pause(tries, 0.5)
    assert 15 < tries < 40
