"""A telephone beside the password: who must have it, what it opens, what is good only once."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from controller import audit, passwords, second_factor, second_step, signing_in, totp
from controller.errors import Invalid, NotFound, NotSignedIn, TooManyFailures
from controller.model import Person, SecondFactor, Stage
from controller.permissions import Who
from controller.second_step import Policy
from controller.signing_in import At, SignedIn
from controller.store import Store
from tests.controller.village import NOW, Village, settle

GOOD = "suối trong núi biếc"
HERE = At("10.0.0.7", "Chrome trên máy Windows")


@pytest.fixture
def village(store: Store, monkeypatch: pytest.MonkeyPatch) -> Village:
    """Everybody has the same password, which costs nothing to compare."""
    monkeypatch.setattr(passwords, "matches", lambda password, stored: password == stored)
    with store.writing() as session:
        v = settle(session)
        for person in (v.approver, v.officer, v.administrator):
            session.get_one(Person, person.person_id).password_hash = GOOD
    return v


def enter(store: Store, login: str, *, days: int = 0, policy: Policy = Policy.REQUIRED) -> SignedIn:
    now = NOW + timedelta(days=days)
    stage_of = second_step.stage_under(policy, now)
    return signing_in.sign_in(store, login, GOOD, HERE, stage_of, now=now)


def telephone(session: Session, asking: Who) -> tuple[str, list[str]]:
    """The secret and the recovery codes of a telephone set up a minute ago."""
    secret = second_factor.begin(session, asking.person_id)
    then = NOW - timedelta(minutes=1)
    shown = totp.code(secret, totp.step_at(then))
    return secret, second_factor.confirm(session, asking, shown, now=then)


def test_an_approver_is_asked_for_two_weeks_and_then_must(store: Store, village: Village) -> None:
    assert enter(store, "hoa").stage is Stage.FULL
    with store.reading() as session:
        assert second_factor.due(session, village.approver) == NOW + second_factor.GRACE
        assert second_factor.due(session, village.officer) is None
    assert enter(store, "hoa", days=13).stage is Stage.FULL
    assert enter(store, "hoa", days=15, policy=Policy.ASKED).stage is Stage.FULL
    late = enter(store, "hoa", days=15)
    assert late.stage is Stage.ENROL
    then = NOW + timedelta(days=15)
    assert signing_in.signed_in(store, late.token, now=then) is None
    assert enter(store, "lan", days=15).stage is Stage.FULL


def test_a_password_alone_opens_nothing_once_there_is_a_telephone(
    store: Store, village: Village
) -> None:
    with store.writing() as session:
        secret, _ = telephone(session, village.officer)
    half = enter(store, "lan")
    assert half.stage is Stage.CODE
    assert signing_in.signed_in(store, half.token, now=NOW) is None
    with pytest.raises(Invalid):
        second_step.give_code(store, half.token, "000000", now=NOW)
    shown = totp.code(secret, totp.step_at(NOW))
    whole = second_step.give_code(store, half.token, f"{shown[:3]} {shown[3:]}", now=NOW)
    assert signing_in.signed_in(store, whole.token, now=NOW) == village.officer
    with pytest.raises(NotSignedIn):
        second_step.give_code(store, half.token, shown, now=NOW)
    with pytest.raises(Invalid):
        second_step.give_code(store, enter(store, "lan").token, shown, now=NOW)


def test_a_recovery_code_is_good_once_and_for_its_owner_only(
    store: Store, village: Village
) -> None:
    with store.writing() as session:
        _, codes = telephone(session, village.officer)
        telephone(session, village.approver)
        assert len(set(codes)) == second_factor.CODES
        taken = second_factor.accept(session, village.approver.person_id, codes[0], now=NOW)
        assert not taken
        for expected in (True, False):
            typed = codes[0].lower().replace("-", " ")
            taken = second_factor.accept(session, village.officer.person_id, typed, now=NOW)
            assert taken is expected
        assert second_factor.codes_left(session, village.officer.person_id) == 9
        second_factor.renew_codes(session, village.officer, now=NOW)
        assert not second_factor.accept(session, village.officer.person_id, codes[1], now=NOW)
        assert audit.verify(session) == []


def test_codes_are_not_guessed_from_many_places(store: Store, village: Village) -> None:
    with store.writing() as session:
        secret, _ = telephone(session, village.officer)
    half = enter(store, "lan")
    for _ in range(signing_in.FAILURES):
        with pytest.raises(Invalid):
            second_step.give_code(store, half.token, "12", now=NOW)
    with pytest.raises(TooManyFailures):
        second_step.give_code(store, half.token, totp.code(secret, totp.step_at(NOW)), now=NOW)


def test_what_was_proven_holds_for_a_quarter_of_an_hour(store: Store, village: Village) -> None:
    with store.writing() as session:
        secret, _ = telephone(session, village.officer)
    half = enter(store, "lan")
    code = totp.code(secret, totp.step_at(NOW))
    token = second_step.give_code(store, half.token, code, now=NOW).token
    later = NOW + second_step.PROVEN_FOR + timedelta(seconds=1)
    with store.reading() as session:
        assert not second_step.must_prove(session, village.officer, token, now=NOW)
        assert second_step.must_prove(session, village.officer, token, now=later)
        assert not second_step.must_prove(session, village.approver, token, now=later)
    code = totp.code(secret, totp.step_at(later))
    second_step.prove(store, village.officer, token, code, now=later)
    with store.reading() as session:
        assert not second_step.must_prove(session, village.officer, token, now=later)


def test_the_old_telephone_holds_until_the_new_one_is_confirmed(
    store: Store, village: Village
) -> None:
    with store.writing() as session:
        old, _ = telephone(session, village.officer)
        second_factor.begin(session, village.officer.person_id)
        with pytest.raises(Invalid):
            second_factor.confirm(session, village.officer, "000000", now=NOW)
        code = totp.code(old, totp.step_at(NOW))
        assert second_factor.accept(session, village.officer.person_id, code, now=NOW)


def test_an_administrator_takes_a_lost_telephone_off_but_never_their_own(
    store: Store, village: Village
) -> None:
    with store.writing() as session:
        for person in (village.officer, village.administrator):
            telephone(session, person)
        second_factor.drop(session, village.administrator, village.officer.person_id, now=NOW)
        assert session.get(SecondFactor, village.officer.person_id) is None
        own = village.administrator.person_id
        for asking in (village.administrator, village.approver):
            with pytest.raises(NotFound):
                second_factor.drop(session, asking, own, now=NOW)
    assert enter(store, "lan").stage is Stage.FULL
