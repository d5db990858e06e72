"""A box becomes a station by a code that works once, and stops being it when it is taken back."""

import threading
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID

from controller import stations
from controller.errors import Invalid, NotFound
from controller.identity import certificates, claims
from controller.identity.authority import Authority
from controller.identity.code import pin_of, spelled
from controller.identity.errors import BadRequest, TooManyClaims
from controller.model import AuditLine, StationClaim
from tests.controller.identity.boxes import csr
from tests.controller.village import NOW, settle

HOME = "192.0.2.7"


class Office:
    """A technician who registers one station, and makes codes for it."""

    def __init__(self, store, folder):
        self.store, self.authority = store, Authority(folder / "identity", NOW)
        with store.writing() as session:
            self.people = settle(session)
            made = stations.register(
                session, self.people.technician, self.people.suoi_may, "Loa", now=NOW
            )
            self.station = made.station.id

    def code(self, asking=None):
        with self.store.writing() as session:
            return claims.make(session, asking or self.people.technician, self.station, now=NOW)

    def redeem(self, code, request=None, now=NOW, address=HOME):
        request = request or csr(Ed25519PrivateKey.generate())
        claimed = claims.redeem(self.store, self.authority, code, request, address, now=now)
        return claimed.certificate

    def holder(self, certificate, now=NOW):
        with self.store.reading() as session:
            found = certificates.holder(session, certificates.serial_of(certificate), now)
            return None if found is None else found.id


@pytest.fixture
def office(store, tmp_path):
    return Office(store, tmp_path)


def test_a_code_gives_a_certificate_in_the_name_of_its_station(office):
    key = Ed25519PrivateKey.generate()
    issued = office.redeem(office.code(), csr(key, name="another-station"))
    (name,) = issued.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert name.value == office.station == office.holder(issued)
    assert issued.public_key() == key.public_key()
    assert issued.not_valid_after_utc == NOW.replace(microsecond=0) + certificates.LIFE


def test_a_code_works_once(office):
    code = office.code()
    office.redeem(code)
    with pytest.raises(BadRequest, match="đã dùng"):
        office.redeem(code)


def test_a_code_is_dead_after_a_day_and_when_a_newer_one_is_made(office):
    old = office.code()
    with pytest.raises(BadRequest):
        office.redeem(old, now=NOW + timedelta(hours=24))
    office.code()
    with pytest.raises(BadRequest):
        office.redeem(old)


def test_a_code_is_kept_only_as_its_hash(office):
    code = office.code()
    with office.store.reading() as session:
        assert code not in session.get_one(StationClaim, office.station).code_hash


def test_guessing_ends_after_ten_tries_even_for_the_right_code(office):
    code = office.code()
    for _ in range(claims.FAILURES):
        with pytest.raises(BadRequest):
            office.redeem("A" * 16)
    with pytest.raises(TooManyClaims):
        office.redeem(code)
    assert office.redeem(code, address="192.0.2.8")


def test_a_request_that_its_key_did_not_sign_is_refused(office):
    lines = csr(Ed25519PrivateKey.generate()).splitlines()
    lines[-2] = lines[-2][:-8] + "AAAAAA=="
    with pytest.raises(BadRequest):
        office.redeem(office.code(), "\n".join(lines))


def test_a_new_box_takes_the_place_of_the_old_one(office):
    old = office.redeem(office.code())
    new = office.redeem(office.code())
    assert office.holder(old) is None
    assert office.holder(new) == office.station
    with office.store.reading() as session:
        (row,) = certificates.revoked(session, NOW)
    assert row.serial == certificates.serial_of(old)


def test_neither_a_claim_nor_a_revocation_leaves_a_password_that_opens_another_door(office):
    people = office.people

    def opens(secret):
        with office.store.reading() as session:
            return stations.verify(session, office.station, secret) is not None

    def password():
        with office.store.writing() as session:
            return stations.new_secret(session, people.technician, office.station, now=NOW)

    first = password()
    assert opens(first)
    office.redeem(office.code())
    assert not opens(first)
    second = password()
    with office.store.writing() as session:
        certificates.revoke(session, people.technician, office.station, "mất hộp", now=NOW)
    assert not opens(second)


def test_a_certificate_is_renewed_by_whoever_holds_the_old_one(office):
    old = office.redeem(office.code())
    later = NOW + timedelta(days=60)
    request = csr(Ed25519PrivateKey.generate())
    with office.store.writing() as session:
        new = certificates.renew(
            session, office.authority, certificates.serial_of(old), request, now=later
        )
    assert office.holder(new, NOW + timedelta(days=140)) == office.station
    assert office.holder(old, NOW + timedelta(days=91)) is None


def test_what_is_revoked_is_not_renewed_and_the_reason_is_audited(office):
    issued = office.redeem(office.code())
    serial, request = certificates.serial_of(issued), csr(Ed25519PrivateKey.generate())
    with office.store.writing() as session:
        with pytest.raises(Invalid):
            certificates.revoke(session, office.people.technician, office.station, " ", now=NOW)
        certificates.revoke(session, office.people.technician, office.station, "mất hộp", now=NOW)
    with office.store.writing() as session:
        with pytest.raises(BadRequest):
            certificates.renew(session, office.authority, serial, request, now=NOW)
        line = session.query(AuditLine).filter_by(action="station.revoke").one()
    assert line.after == {"reason": "mất hộp"}
    assert office.holder(issued) is None


def test_who_may_not_manage_stations_makes_no_code(office):
    with pytest.raises(NotFound):
        office.code(asking=office.people.officer)


def test_code_and_pin_are_one_word_of_eight_groups(office):
    word = spelled(office.code(), pin_of(office.authority.der))
    assert [len(group) for group in word.split("-")] == [4] * 8


def test_no_renewal_slips_through_while_a_box_is_revoked(office):
    old = office.redeem(office.code())
    request = csr(Ed25519PrivateKey.generate())
    revoked = threading.Event()

    def revoke():
        with office.store.writing() as session:
            certificates.revoke(
                session, office.people.technician, office.station, "mất hộp", now=NOW
            )
        revoked.set()

    thread = threading.Thread(target=revoke)
    with office.store.writing() as session:
        serial = certificates.serial_of(old)
        new = certificates.renew(session, office.authority, serial, request, now=NOW)
        thread.start()
        revoked.wait(0.5)  # it has to wait for us; without that it would be over by now
    thread.join()
    assert revoked.is_set()
    assert office.holder(new) is None
    assert office.holder(old) is None
