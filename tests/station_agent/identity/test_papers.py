"""A box's papers: only the pinned authority, only certificates for its key, whole on the disk."""

import ssl
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from msgspec.structs import replace

from contract.claims import Floor, Issued
from contract.settings import Secret
from controller.identity.authority import Authority
from controller.identity.code import pin_of
from station_agent.clock import SystemClock
from station_agent.errors import BadIdentity
from station_agent.fitting.identity import show_papers
from station_agent.identity import server
from station_agent.identity.papers import SPAN, Papers
from station_agent.identity.renewal import Renewal
from station_agent.identity.server import pinned
from station_agent.settings import Settings

NOW = datetime.now(UTC)
AFTER_2050 = datetime(2031, 1, 1, tzinfo=UTC)
"""Twenty years on, X.509 writes its years with four digits: the base64 ends in padding then."""


def names(pem: str) -> int:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=pem)
    return len(context.get_ca_certs())


def test_a_second_authority_behind_the_pinned_one_is_not_taken_along(tmp_path: Path) -> None:
    good, bad = (Authority(tmp_path / name, AFTER_2050) for name in ("good", "bad"))
    both = good.pem + bad.pem
    assert ssl.PEM_cert_to_DER_cert(both) == good.der  # how the standard library reads it
    assert names(both) == 2
    assert pinned(both, pin_of(good.der)) == good.pem


@pytest.mark.parametrize("answer", ["", "-----BEGIN CERTIFICATE-----", "một trang web"])
def test_what_is_no_authority_is_refused(tmp_path: Path, answer: str) -> None:
    with pytest.raises(BadIdentity):
        pinned(answer, pin_of(Authority(tmp_path, NOW).der))


def issued(authority: Authority, key: Ed25519PublicKey) -> Issued:
    certificate = authority.issue(key, "loa", NOW, timedelta(days=90))
    return Issued(
        station="loa",
        certificate=certificate.public_bytes(Encoding.PEM).decode(),
        begins_at=NOW,
        ends_at=NOW + timedelta(days=90),
        broker_url="mqtts://may-chu:8883",
        media_url="https://may-chu:8443",
    )


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path / "authority", NOW)


@pytest.fixture
def papers(tmp_path: Path, authority: Authority) -> Papers:
    found = Papers(tmp_path / "papers")
    key = x509.load_pem_x509_csr(found.request().encode()).public_key()
    assert isinstance(key, Ed25519PublicKey)
    found.keep(issued(authority, key))
    found.keep_authority(authority.pem)
    return found


@pytest.mark.parametrize("certificate", ["", "một trang web", None])
def test_a_certificate_that_is_not_for_our_key_never_replaces_the_good_one(
    papers: Papers, authority: Authority, certificate: str | None
) -> None:
    before = papers.issued()
    foreign = issued(authority, Ed25519PrivateKey.generate().public_key())
    said = foreign.certificate if certificate is None else certificate
    with pytest.raises(BadIdentity):
        papers.keep(
            Issued(
                station="loa",
                certificate=said,
                begins_at=NOW,
                ends_at=NOW + timedelta(days=9_000),
                broker_url="",
                media_url="",
            )
        )
    assert papers.issued() == before
    papers.context()  # the next start comes up
    assert not list(papers.folder.glob("*.new"))


def test_the_floor_of_the_claim_is_kept_over_renewals_and_counts_for_its_station(
    papers: Papers, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor = Floor(epoch=2, seq=40, not_before=NOW)
    renewed = msgspec.json.encode(papers.issued())
    papers.keep(replace(papers.issued(), floor=floor))
    monkeypatch.setattr(server, "_ask", lambda *_: renewed)
    server.renew("https://x:1", papers, papers.context())
    assert papers.floor("loa") == floor
    assert papers.floor("loa-khac") is None
    assert Papers(papers.folder / "none").floor("loa") is None


def test_papers_of_an_older_release_have_no_floor(papers: Papers) -> None:
    span = papers.folder / SPAN
    told = msgspec.json.decode(span.read_bytes())
    span.write_bytes(msgspec.json.encode({n: told[n] for n in told.keys() - {"floor", "v"}}))
    assert papers.issued().renew_at == NOW + timedelta(days=60)
    assert papers.floor("loa") is None


def test_a_disk_that_takes_no_new_certificate_does_not_end_the_looking(
    papers: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Issued:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(server, "renew", full)
    late = NOW + timedelta(days=61)
    assert not Renewal(papers, papers.context(), "https://x:1", lambda: late).look()


def test_a_station_whose_papers_are_spoilt_starts_and_trusts_nobody(
    papers: Papers, tmp_path: Path
) -> None:
    (papers.folder / "box.crt").write_bytes(b"\0" * 700)  # as a dying card leaves it
    settings = Settings(
        station="loa",
        broker_url=Secret("mqtts://may-chu:8883"),
        media_url="https://may-chu:8443",
        identity=papers.folder,
        trust=tmp_path / "trust.json",
        data=tmp_path,
    )
    with ExitStack() as stack:
        context = show_papers(settings, SystemClock(tmp_path / "clock.json", battery=False), stack)
    assert context is not None
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.get_ca_certs() == []
