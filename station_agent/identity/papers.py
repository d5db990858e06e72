"""The box's papers in one folder: its key, the request it signs, its certificate, the authority.

`renewal.json` says when the certificate began and ends, so that a station need not read it, and
above what this box obeys when it took the place of another.
"""

import os
import ssl
from pathlib import Path

import msgspec

from contract.claims import Floor, Issued
from station_agent.errors import BadIdentity

KEY, REQUEST, CERTIFICATE, AUTHORITY = "box.key", "box.csr", "box.crt", "authority.crt"
SPAN = "renewal.json"


class Papers:
    """Reads and writes them; what is written is on the disk, and never half."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def request(self) -> str:
        """The request for a certificate; the first call makes the key, on this box."""
        if not (self.folder / REQUEST).exists():
            self._make()
        return (self.folder / REQUEST).read_text()

    def keep(self, issued: Issued) -> None:
        """A new certificate in place of the old one; the time of the next comes last.

        One that is not for our key is not kept: with it no start would ever get past `context`.
        Raises BadIdentity.
        """
        draft = self._drafted(CERTIFICATE, issued.certificate.encode(), 0o644)
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_cert_chain(draft, self.folder / KEY)
        except ssl.SSLError as error:
            draft.unlink()
            raise BadIdentity("Máy chủ gửi chứng thư không hợp với khóa của hộp này") from error
        self._put(draft, CERTIFICATE)
        self._write(SPAN, msgspec.json.encode(issued), 0o644)

    def keep_authority(self, pem: str) -> None:
        """Whom this box takes for its server from now on."""
        self._write(AUTHORITY, pem.encode(), 0o644)

    def issued(self) -> Issued:
        """What was issued last. Raises BadIdentity."""
        try:
            return msgspec.json.decode((self.folder / SPAN).read_bytes(), type=Issued)
        except (OSError, msgspec.DecodeError) as error:
            raise BadIdentity(f"Hộp này chưa được nhận làm cụm loa nào ({self.folder})") from error

    def floor(self, station: str) -> Floor | None:
        """What this station was told at its claim; None also without papers for it."""
        try:
            issued = self.issued()
        except BadIdentity:
            return None
        return issued.floor if issued.station == station else None

    def context(self) -> ssl.SSLContext:
        """TLS 1.3 with our certificate, to a server of our authority. Raises BadIdentity.

        The purpose of the server's certificate is checked, its name is not: the authority signs
        no other server, and this one may move.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.check_hostname = False
        try:
            context.load_verify_locations(self.folder / AUTHORITY)
            self.refresh(context)
        except (OSError, ssl.SSLError) as error:
            raise BadIdentity(f"Không dùng được chứng thư trong {self.folder}: {error}") from error
        return context

    def refresh(self, context: ssl.SSLContext) -> None:
        """The next connection shows the newest certificate; the present one stays up."""
        context.load_cert_chain(self.folder / CERTIFICATE, self.folder / KEY)

    def _make(self) -> None:
        # a heavy library, needed once in the life of a box
        from cryptography import x509  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415
        from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
            Encoding,
            NoEncryption,
            PrivateFormat,
        )

        key = ed25519.Ed25519PrivateKey.generate()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        self._write(KEY, pem, 0o600)
        request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
        signed = request.sign(key, None).public_bytes(Encoding.PEM)
        self._write(REQUEST, signed, 0o644)

    def _write(self, name: str, data: bytes, mode: int) -> None:
        self._put(self._drafted(name, data, mode), name)

    def _drafted(self, name: str, data: bytes, mode: int) -> Path:
        draft = self.folder / f"{name}.new"
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(data)
            file.flush()
            self._hand_over(file.fileno())
            os.fsync(file.fileno())
        return draft

    def _put(self, draft: Path, name: str) -> None:
        """In its place, and the place on the disk: a code that was spent comes never again."""
        draft.replace(self.folder / name)
        folder = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _hand_over(self, opened: int) -> None:
        """A claim is made by root, and the station's own user must read the papers.

        By the open file, never through a link: that user could lay one there meanwhile.
        """
        if os.geteuid() == 0:
            home = self.folder.parent.stat()
            os.chown(self.folder, home.st_uid, home.st_gid, follow_symlinks=False)
            os.fchown(opened, home.st_uid, home.st_gid)
