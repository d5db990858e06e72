"""Signing in, being thrown out, and setting a password."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from controller import passwords, people, signing_in
from controller.errors import Invalid, NotFound, NotSignedIn, TooManyFailures
from controller.model import LoginFailure, Person, Stage, WebSession
from controller.permissions import Who
from controller.signing_in import At
from controller.store import Store
from tests.controller.village import NOW, Village, settle

GOOD = "suối trong núi biếc"
HERE = At("10.0.0.7")


def straight_in(session: Session, person: Person, asking: Who) -> Stage:
    """A password is enough."""
    return Stage.FULL


@pytest.fixture
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A hash that costs nothing; the list tells how often one was made or compared."""
    made: list[str] = []

    def matches(password: str, stored: str | None) -> bool:
        made.append(password)
        return stored == f"hash of {password}"

    monkeypatch.setattr(passwords, "hashed", lambda password: f"hash of {password}")
    monkeypatch.setattr(passwords, "matches", matches)
    return made


@pytest.fixture
def village(store: Store, cheap_hashes: list[str]) -> Village:
    with store.writing() as session:
        v = settle(session)
        token = people.make_reset_link(session, v.administrator, v.officer.person_id, now=NOW)
    signing_in.set_password(store, token, GOOD, now=NOW)
    return v


def test_the_right_password_opens_a_session(store: Store, village: Village) -> None:
    opened = signing_in.sign_in(store, " LAN ", GOOD, HERE, straight_in, now=NOW)
    assert opened.who == village.officer
    assert signing_in.signed_in(store, opened.token, now=NOW) == village.officer
    with store.reading() as session:
        assert opened.token not in [row.token_hash for row in session.query(WebSession)]


@pytest.mark.parametrize("login", ["lan", "nobody", "minh", "", "la\x00n", "x" * 5_000])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(
    store: Store, village: Village, login: str, cheap_hashes: list[str]
) -> None:
    cheap_hashes.clear()
    with pytest.raises(NotSignedIn, match="không đúng"):
        signing_in.sign_in(store, login, "sai", HERE, straight_in, now=NOW)
    assert len(cheap_hashes) == 1


def test_the_eleventh_try_is_not_even_hashed(
    store: Store, village: Village, cheap_hashes: list[str]
) -> None:
    for n in range(20):
        wrong = NotSignedIn if n < 10 else TooManyFailures
        with pytest.raises(wrong):
            signing_in.sign_in(
                store, "lan", "sai", HERE, straight_in, now=NOW + timedelta(seconds=n)
            )
    cheap_hashes.clear()
    with pytest.raises(TooManyFailures) as refused:
        signing_in.sign_in(store, "lan", GOOD, HERE, straight_in, now=NOW + timedelta(minutes=14))
    assert cheap_hashes == []
    assert refused.value.until == NOW + timedelta(minutes=15)


def test_another_address_and_another_account_are_not_throttled(
    store: Store, village: Village
) -> None:
    for _ in range(10):
        with pytest.raises(NotSignedIn):
            signing_in.sign_in(store, "lan", "sai", HERE, straight_in, now=NOW)
    with pytest.raises(NotSignedIn):
        signing_in.sign_in(store, "minh", "sai", HERE, straight_in, now=NOW)
    assert (
        signing_in.sign_in(store, "lan", GOOD, At("10.0.0.8"), straight_in, now=NOW).who.name
        == "Lan"
    )


def test_after_fifteen_minutes_one_may_try_again_and_success_forgets_the_failures(
    store: Store, village: Village
) -> None:
    for _ in range(10):
        with pytest.raises(NotSignedIn):
            signing_in.sign_in(store, "lan", "sai", HERE, straight_in, now=NOW)
    later = NOW + timedelta(minutes=15, seconds=1)
    signing_in.sign_in(store, "lan", GOOD, HERE, straight_in, now=later)
    with store.reading() as session:
        assert session.query(LoginFailure).count() == 0


def test_a_session_ends_when_nobody_touches_it_and_after_a_working_day(
    store: Store, village: Village
) -> None:
    idle = signing_in.sign_in(store, "lan", GOOD, HERE, straight_in, now=NOW)
    assert signing_in.signed_in(store, idle.token, now=NOW + timedelta(minutes=31)) is None
    busy, now = signing_in.sign_in(store, "lan", GOOD, HERE, straight_in, now=NOW), NOW
    while now < NOW + timedelta(hours=11, minutes=45):
        now += timedelta(minutes=25)
        alive = signing_in.signed_in(store, busy.token, now=now)
        assert (alive is not None) == (now - NOW <= signing_in.LONGEST)
    assert signing_in.signed_in(store, busy.token, now=NOW + timedelta(hours=12, minutes=1)) is None


def test_signing_out_ends_the_session_at_once(store: Store, village: Village) -> None:
    one = signing_in.sign_in(store, "lan", GOOD, HERE, straight_in, now=NOW)
    other = signing_in.sign_in(store, "lan", GOOD, HERE, straight_in, now=NOW)
    with store.writing() as session:
        signing_in.sign_out(session, one.token)
    assert signing_in.signed_in(store, one.token, now=NOW) is None
    assert signing_in.signed_in(store, other.token, now=NOW) is not None
    with store.writing() as session:
        signing_in.sign_out_everywhere(session, village.officer.person_id)
    assert signing_in.signed_in(store, other.token, now=NOW) is None


def test_a_reset_link_works_once_and_for_a_day(store: Store, village: Village) -> None:
    opened = signing_in.sign_in(store, "lan", GOOD, HERE, straight_in, now=NOW)
    person_id = village.officer.person_id
    with store.writing() as session:
        dead = people.make_reset_link(session, village.administrator, person_id, now=NOW)
        token = people.make_reset_link(session, village.administrator, person_id, now=NOW)
    with pytest.raises(NotFound):
        signing_in.set_password(store, dead, "một mật khẩu khác", now=NOW)
    with pytest.raises(Invalid, match="ít nhất 10"):
        signing_in.set_password(store, token, "ngắn", now=NOW)
    with pytest.raises(NotFound):
        signing_in.set_password(store, token, "một câu khác hẳn", now=NOW + timedelta(hours=24))
    signing_in.set_password(store, token, "một câu khác hẳn", now=NOW)
    with pytest.raises(NotFound):
        signing_in.set_password(store, token, "một câu khác hẳn", now=NOW)
    assert signing_in.signed_in(store, opened.token, now=NOW) is None
    signing_in.sign_in(store, "lan", "một câu khác hẳn", HERE, straight_in, now=NOW)


def test_a_deactivated_person_is_out_at_once(store: Store, village: Village) -> None:
    opened = signing_in.sign_in(store, "lan", GOOD, HERE, straight_in, now=NOW)
    with store.writing() as session:
        people.deactivate(session, village.administrator, village.officer.person_id, now=NOW)
    assert signing_in.signed_in(store, opened.token, now=NOW) is None
    with pytest.raises(NotSignedIn):
        signing_in.sign_in(store, "lan", GOOD, HERE, straight_in, now=NOW)


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("ngắn", "ít nhất 10"),
        ("aaaaaaaaaaaa", "quá ít ký tự"),
        ("lan.suoimay-2026", "tên đăng nhập"),
        ("MatKhau12345", "phổ biến"),
        ("x" * 201, "tối đa 200"),
        (GOOD, ""),
        ("nhà sàn bên suối", ""),
    ],
)
def test_a_weak_password_is_refused_with_what_to_do(password: str, says: str) -> None:
    found = passwords.problems(password, "lan.suoimay")
    assert (says in " ".join(p.message for p in found)) if says else found == []


def test_a_hash_knows_its_password_however_the_keyboard_spelt_it() -> None:
    stored = passwords.hashed("Hoà bình muôn năm")
    assert stored.startswith("$argon2id$")
    assert passwords.matches("Hoà bình muôn năm", stored)
    assert not passwords.matches("hoà bình muôn năm", stored)
    assert not passwords.matches("gì cũng được", None)


def test_a_password_that_was_changed_while_it_was_hashed_opens_nothing(
    store: Store, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.writing() as session:
        person_id = village.officer.person_id
        token = people.make_reset_link(session, village.administrator, person_id, now=NOW)

    def matches(_password: str, _stored: str | None) -> bool:
        signing_in.set_password(store, token, "một câu khác hẳn", now=NOW)
        return True

    monkeypatch.setattr(passwords, "matches", matches)
    with pytest.raises(NotSignedIn):
        signing_in.sign_in(store, "lan", GOOD, HERE, straight_in, now=NOW)
    with store.reading() as session:
        assert session.query(WebSession).count() == 0
