"""A device that holds passkeys, written from the specification alone (WebAuthn level 3, §6, §7)."""

import hashlib
import json
import secrets
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, MAY_SYNC, SYNCED, HAS_KEY = 1, 4, 8, 16, 64


def b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Authenticator:
    """One device with one passkey at most; `step` 0 is one that does not count."""

    origin: str
    step: int = 1
    flags: int = PRESENT | VERIFIED
    count: int = 0
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    handle: bytes = b""

    def make(self, options: dict[str, Any]) -> str:
        """Answer PublicKeyCredentialCreationOptions."""
        self.handle = unb64(options["user"]["id"])
        point = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}
        held = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor2.dumps(cose)
        data = self._data(options["rp"]["id"], HAS_KEY) + held
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options)
        return self._packed({"clientDataJSON": client, "attestationObject": statement})

    def show(self, options: dict[str, Any]) -> str:
        """Answer PublicKeyCredentialRequestOptions."""
        data = self._data(options["rpId"], 0)
        client = self._client("webauthn.get", options)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        answer = {"clientDataJSON": client, "authenticatorData": data, "signature": signed}
        return self._packed({**answer, "userHandle": self.handle})

    def _data(self, rp_id: str, more: int) -> bytes:
        self.count += self.step
        hashed = hashlib.sha256(rp_id.encode()).digest()
        return hashed + bytes([self.flags | more]) + struct.pack(">I", self.count)

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        facts = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps({**facts, "crossOrigin": False}).encode()

    def _packed(self, response: dict[str, bytes]) -> str:
        plain = {name: b64(part) for name, part in response.items()}
        return json.dumps(
            {"id": b64(self.id), "rawId": b64(self.id), "type": "public-key", "response": plain}
        )
