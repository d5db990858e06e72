"""Our own certificate authority (RFC 5280): signs stations' keys, and lists what it took back.

A station trusts this authority and no other, and asks for a server's purpose, not for its name:
so the server may move to another address.
"""

import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from controller.identity.errors import BadRequest

LIFE = timedelta(days=7_300)
"""Twenty years, as long as a box may hang: another authority means visiting every box."""

EARLY = timedelta(days=1)
"""A station's clock may lag behind ours."""

SECRET, CERTIFICATE = "authority.key", "authority.crt"
SERVER_SECRET, SERVER_CERTIFICATE = "server.key", "server.crt"
NAME, SERVER = "Truyen Thanh", "Truyen Thanh server"
"""Two names: what is named like its issuer passes for self-signed."""


class Authority:
    """The authority of one folder; made at the first start."""

    def __init__(self, folder: Path, now: datetime) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder = folder
        if not (folder / CERTIFICATE).exists():
            self._make(now)
        secret = load_pem_private_key((folder / SECRET).read_bytes(), None)
        assert isinstance(secret, ed25519.Ed25519PrivateKey)  # noqa: S101 - we made it
        self._secret = secret
        self._own = x509.load_pem_x509_certificate((folder / CERTIFICATE).read_bytes())

    @property
    def der(self) -> bytes:
        """Its certificate, from which the pin is made."""
        return self._own.public_bytes(Encoding.DER)

    @property
    def pem(self) -> str:
        """Its certificate, for stations to keep."""
        return self._own.public_bytes(Encoding.PEM).decode()

    def issue(
        self, key: ed25519.Ed25519PublicKey, station: str, now: datetime, life: timedelta
    ) -> x509.Certificate:
        """A client certificate for a box's key."""
        usage = ExtendedKeyUsageOID.CLIENT_AUTH
        return self._sign(key, station, usage, now, min(now + life, self._end))

    def revocation_list(self, serials: Iterable[str], now: datetime) -> str:
        """PEM; valid as long as the authority, for a broker refuses everybody by an old one."""
        listed = x509.CertificateRevocationListBuilder().issuer_name(self._own.subject)
        listed = listed.last_update(now - EARLY).next_update(self._end)
        for serial in serials:
            one = x509.RevokedCertificateBuilder().serial_number(int(serial, 16))
            listed = listed.add_revoked_certificate(one.revocation_date(now).build())
        return listed.sign(self._secret, None).public_bytes(Encoding.PEM).decode()

    @property
    def _end(self) -> datetime:
        return self._own.not_valid_after_utc

    def _make(self, now: datetime) -> None:
        secret = ed25519.Ed25519PrivateKey.generate()
        self._secret = secret
        builder = _builder(NAME, NAME, secret.public_key(), now - EARLY, now + LIFE)
        builder = builder.add_extension(x509.BasicConstraints(True, 0), critical=True)
        builder = builder.add_extension(_usage(signs=True), critical=True)
        own = x509.SubjectKeyIdentifier.from_public_key(secret.public_key())
        builder = builder.add_extension(own, critical=False)
        self._own = builder.sign(secret, None)
        server = ed25519.Ed25519PrivateKey.generate()
        usage = ExtendedKeyUsageOID.SERVER_AUTH
        issued = self._sign(server.public_key(), SERVER, usage, now, now + LIFE)
        write_key(self.folder / SECRET, secret)
        write_key(self.folder / SERVER_SECRET, server)
        (self.folder / SERVER_CERTIFICATE).write_bytes(issued.public_bytes(Encoding.PEM))
        # last: its presence says that all is made
        (self.folder / CERTIFICATE).write_bytes(self._own.public_bytes(Encoding.PEM))

    def _sign(
        self,
        key: ed25519.Ed25519PublicKey,
        name: str,
        usage: x509.ObjectIdentifier,
        now: datetime,
        end: datetime,
    ) -> x509.Certificate:
        builder = _builder(name, NAME, key, now - EARLY, end)
        builder = builder.add_extension(x509.BasicConstraints(False, None), critical=True)
        builder = builder.add_extension(_usage(signs=False), critical=True)
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._secret.public_key())
        builder = builder.add_extension(issuer, critical=False)
        return builder.sign(self._secret, None)


def read_request(pem: str) -> ed25519.Ed25519PublicKey:
    """The key whose holder made the request; what else stands in it is not asked.

    Raises BadRequest.
    """
    try:
        request = x509.load_pem_x509_csr(pem.encode())
        proven = request.is_signature_valid
    except ValueError as error:
        raise BadRequest("Yêu cầu chứng thư không đọc được") from error
    key = request.public_key()
    if not isinstance(key, ed25519.Ed25519PublicKey) or not proven:
        raise BadRequest("Yêu cầu chứng thư không do chính khóa của nó ký")
    return key


def write_key(file: Path, key: ed25519.Ed25519PrivateKey) -> None:
    """An open key in a file of mode 0600."""
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(pem)


def _builder(
    subject: str,
    issuer: str,
    key: ed25519.Ed25519PublicKey,
    begin: datetime,
    end: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin.astimezone(UTC))
        .not_valid_after(end.astimezone(UTC))
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )
