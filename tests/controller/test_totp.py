"""The digits are those that telephones show; none is good twice."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlparse

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller import totp

moments = st.integers(1_700_000_000, 2_800_000_000).map(lambda s: datetime.fromtimestamp(s, UTC))


def test_the_digits_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B, the SHA-1 rows; of their eight digits apps show six."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    rows = {59: "94287082", 1111111109: "07081804", 20000000000: "65353130"}
    for seconds, digits in rows.items():
        assert totp.code(secret, seconds // totp.PERIOD_S) == digits[-totp.DIGITS :]


@given(moments)
def test_what_a_telephone_shows_is_taken(at: datetime) -> None:
    secret = totp.new_secret()
    shown = pyotp.TOTP(secret).at(at)
    assert totp.matching_step(secret, shown, at, after=0) == totp.step_at(at)


@given(moments, st.integers(-89, 89))
def test_a_telephone_may_be_half_a_minute_off_and_not_much_more(at: datetime, off_s: int) -> None:
    secret = totp.new_secret()
    there = at + timedelta(seconds=off_s)
    taken = totp.matching_step(secret, pyotp.TOTP(secret).at(there), at, after=0)
    if abs(totp.step_at(there) - totp.step_at(at)) <= totp.DRIFT:
        assert taken is not None


@given(moments)
def test_a_code_that_was_taken_is_taken_no_more(at: datetime) -> None:
    secret = totp.new_secret()
    shown = totp.code(secret, totp.step_at(at))
    taken = totp.matching_step(secret, shown, at, after=0)
    assert taken is not None
    assert totp.matching_step(secret, shown, at, after=taken + totp.DRIFT) is None


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "١٢٣٤٥٦", "1234567"])
def test_what_is_no_code_opens_nothing(typed: str) -> None:
    secret = totp.new_secret()
    assert totp.matching_step(secret, typed, datetime(2026, 1, 1, tzinfo=UTC), after=0) is None


def test_the_picture_tells_an_app_whose_code_it_is() -> None:
    secret = totp.new_secret()
    read = pyotp.parse_uri(totp.address(secret, "lan.suoimay"))
    assert read.secret == secret
    assert read.name == "lan.suoimay"
    query = parse_qs(urlparse(totp.address(secret, "lan")).query)
    assert query["issuer"] == [totp.ISSUER]
