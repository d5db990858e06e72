"""The door for stations, over our own authority's TLS: claim, recordings, updates, diagnoses.

Gunicorn ends TLS here itself (`web.station_server`), for the certificate that a station shows says
who it is. Nobody else has business at this door: no page, no cookie, no sign-in.
"""

import ssl
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from flask import Blueprint, Flask, Response, abort, request, send_file, send_from_directory
from werkzeug.exceptions import HTTPException

from contract import codec
from contract.claims import Floor, Issued
from contract.diagnosis import LIMIT
from contract.errors import Unreadable
from controller import diagnoses
from controller.errors import NotFound
from controller.identity import certificates, claims
from controller.identity.authority import Authority
from controller.identity.errors import BadRequest, TooManyClaims
from controller.media.disk import DiskMedia
from controller.model import Station
from controller.settings import Settings
from controller.store import Store
from web.parts import wall_clock

T = TypeVar("T")
LARGEST = 16_384  # bytes of a request; one for a certificate takes about 400


class Claim(msgspec.Struct, frozen=True):
    """A box wants to be a station."""

    code: str
    request: str


class Renewal(msgspec.Struct, frozen=True):
    """A station wants a newer certificate."""

    request: str


def create_door(
    settings: Settings, store: Store, now: Callable[[], datetime] = wall_clock
) -> Flask:
    """The whole door of these settings."""
    app = Flask(__name__, static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST)
    door = _Door(settings, store, now)
    page = Blueprint("door", __name__)
    page.get("/authority.pem")(door.authority)
    page.post("/claim")(door.claim)
    page.post("/renew")(door.renew)
    page.get("/media/<sha256>.ogg")(door.recording)
    page.get("/cap-nhat/kho/<any(metadata, targets):part>/<name>")(door.release)
    page.post("/diagnosis/<order_id>")(door.diagnosis)
    app.register_blueprint(page)
    app.register_error_handler(HTTPException, _in_one_line)
    app.register_error_handler(NotFound, lambda _: ("404 Not Found", 404))
    app.register_error_handler(Unreadable, lambda error: (error.detail, 400))
    app.register_error_handler(BadRequest, lambda error: (str(error), 403))
    app.register_error_handler(TooManyClaims, lambda error: (str(error), 429))
    return app


class _Door:
    def __init__(self, settings: Settings, store: Store, now: Callable[[], datetime]) -> None:
        self._settings, self._store, self._now = settings, store, now
        self._authority = Authority(settings.identity, now())
        self._media = DiskMedia(settings.media)

    def authority(self) -> Response:
        """Public: whoever fetches it compares it with the pin of a claim."""
        return Response(self._authority.pem, mimetype="application/x-pem-file")

    def claim(self) -> Response:
        """A box becomes a station."""
        asked = _body(Claim)
        address = request.remote_addr or ""
        claimed = claims.redeem(
            self._store, self._authority, asked.code, asked.request, address, now=self._now()
        )
        return self._answer(claimed.certificate, claimed.floor)

    def renew(self) -> Response:
        """A station shows its certificate, and gets the next."""
        asked = _body(Renewal)
        with self._store.writing() as session:
            issued = certificates.renew(
                session, self._authority, _serial(), asked.request, now=self._now()
            )
        return self._answer(issued)

    def recording(self, sha256: str) -> Response:
        """For stations: the file, whole or a range of it."""
        self._station()
        try:
            path = self._media.recording(sha256)
        except FileNotFoundError:
            abort(404)
        return send_file(path, "audio/ogg", conditional=True, etag=sha256)

    def release(self, part: str, name: str) -> Response:
        """For stations: the repository of their agent, as the web gives it, at the same path."""
        self._station()
        folder = self._settings.releases.absolute() / part
        return send_from_directory(folder, name, max_age=0)

    def diagnosis(self, order_id: str) -> str:
        """What a technician asked of this station."""
        station = self._station()
        request.max_content_length = LIMIT
        body = request.get_data()  # before the transaction: who sends slowly keeps nobody waiting
        with self._store.writing() as session:
            diagnoses.take(session, station.id, order_id, body, self._now())
        return "OK"

    def _station(self) -> Station:
        with self._store.reading() as session:
            station = certificates.holder(session, _serial(), self._now())
        return station or abort(403)

    def _answer(self, certificate: x509.Certificate, floor: Floor | None = None) -> Response:
        host = self._settings.stations_host
        (name,) = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        issued = Issued(
            station=str(name.value),
            certificate=certificate.public_bytes(Encoding.PEM).decode(),
            begins_at=self._now(),
            ends_at=certificate.not_valid_after_utc,
            broker_url=f"mqtts://{host}:{self._settings.stations_broker_port}",
            media_url=f"https://{host}:{self._settings.stations_port}",
            floor=floor,
        )
        return Response(codec.encode(issued), mimetype="application/json")


def _serial() -> str:
    """Of the certificate that this connection was made with. Without one: 403."""
    socket = request.environ.get("gunicorn.socket")
    der = socket.getpeercert(binary_form=True) if isinstance(socket, ssl.SSLSocket) else None
    if der is None:
        abort(403)
    return certificates.serial_of(x509.load_der_x509_certificate(der))


def _body(kind: type[T]) -> T:
    try:
        return msgspec.json.decode(request.get_data(), type=kind)
    except msgspec.DecodeError:
        abort(400)


def _in_one_line(error: HTTPException) -> tuple[str, int]:
    """A technician reads it on a small screen."""
    return f"{error.code} {error.name}", error.code or 500
