"""One message to a push service on this machine, opened as the browser would (RFC 8291, 8292)."""

import json
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from controller.model import PushSubscription
from controller.passkey_site import Site
from controller.push.key import public_text
from controller.push.web_push import WebPusher, subject
from controller.push_port import Pushed

AUTH = bytes(range(16))


class Service:
    """Takes messages and answers as it is told."""

    def __init__(self) -> None:
        self.status, self.got = 201, list[tuple[dict[str, str], bytes]]()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(outer.status)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/send/abc"


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    threading.Thread(target=made.server.serve_forever, daemon=True).start()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def key() -> ec.EllipticCurvePrivateKey:
    """The browser's own."""
    return ec.generate_private_key(ec.SECP256R1())


def point(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def subscription(address: str, key: ec.EllipticCurvePrivateKey) -> PushSubscription:
    return PushSubscription(
        id="x",
        person_id="x",
        endpoint=address,
        p256dh=b64(point(key.public_key())),
        auth=b64(AUTH),
        device="",
        made_at=datetime.now(UTC),
        tries=0,
    )


def derived(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def opened(body: bytes, key: ec.EllipticCurvePrivateKey) -> bytes:
    """RFC 8291 §3.4 and RFC 8188 §2, of one record."""
    salt, sender = body[:16], body[21 : 21 + body[20]]
    other = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
    shared = key.exchange(ec.ECDH(), other)
    info = b"WebPush: info\0" + point(key.public_key()) + sender
    secret = derived(AUTH, shared, info, 32)
    content = derived(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
    nonce = derived(salt, secret, b"Content-Encoding: nonce\0", 12)
    return AESGCM(content).decrypt(nonce, body[21 + body[20] :], None).rstrip(b"\0")[:-1]


def pusher(folder: Path) -> WebPusher:
    return WebPusher(folder, "https://loa.xa.gov.vn", lambda _: True)


def test_only_that_browser_reads_it_and_the_service_knows_who_sent_it(
    tmp_path: Path, service: Service, key: ec.EllipticCurvePrivateKey
) -> None:
    to = subscription(service.address, key)
    assert pusher(tmp_path).push(to, '{"kind":"waits"}') is Pushed.SENT
    ((headers, body),) = service.got
    assert opened(body, key) == b'{"kind":"waits"}'
    assert int(headers["ttl"]) > 0
    parts = dict(part.strip().split("=", 1) for part in headers["authorization"][6:].split(","))
    assert parts["k"] == public_text(tmp_path)
    head, claims, signature = parts["t"].split(".")
    raw = unb64(signature)
    r, s = int.from_bytes(raw[:32]), int.from_bytes(raw[32:])
    ours = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(parts["k"]))
    signed = f"{head}.{claims}".encode()
    ours.verify(utils.encode_dss_signature(r, s), signed, ec.ECDSA(SHA256()))
    said = json.loads(unb64(claims))
    assert said["aud"] == service.address.removesuffix("/send/abc")
    assert said["sub"] == "https://loa.xa.gov.vn"


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (201, Pushed.SENT),
        (404, Pushed.GONE),
        (410, Pushed.GONE),
        (429, Pushed.LATER),
        (503, Pushed.LATER),
        (307, Pushed.LATER),
    ],
)
def test_what_the_service_says_is_understood(
    tmp_path: Path,
    service: Service,
    key: ec.EllipticCurvePrivateKey,
    status: int,
    told: Pushed,
) -> None:
    service.status = status
    assert pusher(tmp_path).push(subscription(service.address, key), "{}") is told
    assert len(service.got) == 1  # it is sent nowhere else


def test_where_nobody_listens_it_is_tried_later(
    tmp_path: Path, key: ec.EllipticCurvePrivateKey
) -> None:
    to = subscription("http://127.0.0.1:9/send", key)
    assert pusher(tmp_path).push(to, "{}") is Pushed.LATER


def test_an_address_that_is_not_allowed_is_never_called(
    tmp_path: Path, service: Service, key: ec.EllipticCurvePrivateKey
) -> None:
    strict = WebPusher(tmp_path, "https://loa.xa.gov.vn", lambda _: False)
    assert strict.push(subscription(service.address, key), "{}") is Pushed.GONE
    assert service.got == []


def test_keys_that_are_none_are_let_go(
    tmp_path: Path, service: Service, key: ec.EllipticCurvePrivateKey
) -> None:
    to = subscription(service.address, key)
    to.p256dh = b64(b"\4" + bytes(64))
    assert pusher(tmp_path).push(to, "{}") is Pushed.GONE


def test_whom_a_service_may_complain_to() -> None:
    assert subject(Site("https://loa.xa.gov.vn:8443", "loa.xa.gov.vn")) == "https://loa.xa.gov.vn"
    assert subject(Site("http://localhost:8080", "localhost")).startswith("mailto:")
