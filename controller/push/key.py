"""The key by which push services know this server (RFC 8292), a file made when first asked for."""

import os
import tempfile
from base64 import urlsafe_b64encode
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

NAME = "push.pem"


def key_in(folder: Path) -> ec.EllipticCurvePrivateKey:
    """The key; of two processes that make it at once, both use the first one's."""
    file = folder / NAME
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = ec.generate_private_key(ec.SECP256R1())
        pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        number, scratch = tempfile.mkstemp(dir=folder)
        with os.fdopen(number, "wb") as opened:
            opened.write(pem)
        try:
            os.link(scratch, file)
        except FileExistsError:
            pass
        finally:
            Path(scratch).unlink()
    found = load_pem_private_key(file.read_bytes(), None)
    if not isinstance(found, ec.EllipticCurvePrivateKey):
        raise TypeError(file)
    return found


def public_text(folder: Path) -> str:
    """As browsers take it: the point, base64url without padding."""
    point = key_in(folder).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
