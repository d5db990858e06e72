"""Boxes with keys of their own, good ones and bad ones, at a real broker's door for stations."""

import ssl
import threading
from datetime import datetime, timedelta
from pathlib import Path
from queue import Queue
from typing import Any

import paho.mqtt.client as paho
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from paho.mqtt.enums import CallbackAPIVersion

from controller.identity.authority import Authority, write_key

PATIENCE_S = 10.0


def csr(key: Ed25519PrivateKey, name: str = "box") -> str:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    request = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, None)
    return request.public_bytes(Encoding.PEM).decode()


class Papers:
    """A key and a certificate as files."""

    def __init__(
        self, folder: Path, authority: Authority, station: str, now: datetime, days: float = 90
    ) -> None:
        folder.mkdir(parents=True)
        key = Ed25519PrivateKey.generate()
        self.key, self.certificate = folder / "key.pem", folder / "certificate.pem"
        write_key(self.key, key)
        life = timedelta(days=days)
        issued = authority.issue(key.public_key(), station, now, life)
        self.serial = f"{issued.serial_number:x}"
        self.certificate.write_bytes(issued.public_bytes(Encoding.PEM))


def context_for(authority: Authority, papers: Papers | None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.load_verify_locations(cadata=authority.pem)
    if papers is not None:
        context.load_cert_chain(papers.certificate, papers.key)
    return context


class Caller:
    """A client at the stations' door; `welcome` is None when the broker hung up instead."""

    def __init__(self, port: int, context: ssl.SSLContext, client_id: str, user: str = "") -> None:
        self.got: Queue[tuple[str, bytes]] = Queue()
        self.lost = threading.Event()
        self._answers: Queue[Any] = Queue()
        made = paho.Client(CallbackAPIVersion.VERSION2, client_id, protocol=paho.MQTTv5)
        made.tls_set_context(context)
        if user:
            made.username_pw_set(user, "whatever")
        made.on_connect = lambda *a: self._answers.put(a[3])
        made.on_subscribe = lambda *a: self._answers.put(a[3])
        made.on_publish = lambda *a: self._answers.put(a[3])
        made.on_message = lambda _c, _u, m: self.got.put((m.topic, m.payload))
        made.on_disconnect = self._on_disconnect
        self._paho = made
        made.on_connect_fail = lambda *_: self._answers.put(None)
        made.connect_async("127.0.0.1", port)
        made.loop_start()
        self.welcome = self._answers.get(timeout=PATIENCE_S)

    def _on_disconnect(self, *_: object) -> None:
        self.lost.set()
        self._answers.put(None)  # a server that refuses a certificate says so by hanging up

    def subscribe(self, topic: str) -> bool:
        self._paho.subscribe(topic, 1)
        (code,) = self._answers.get(timeout=PATIENCE_S)
        return not code.is_failure

    def publish(self, topic: str, payload: bytes = b"x") -> bool:
        self._paho.publish(topic, payload, 1)
        return not self._answers.get(timeout=PATIENCE_S).is_failure

    def close(self) -> None:
        self._paho.disconnect()
        self._paho.loop_stop()
