"""Door: where the broker is, and who we are there."""

from urllib.parse import unquote, urlsplit

from msgspec import Struct

from contract.errors import BadSettings
from controller.settings import Settings

PORTS = {"mqtt": 1883, "mqtts": 8883}  # IANA's

NO_BROKER = (
    "TT_BROKER_URL phải có dạng mqtt://máy:cổng hoặc mqtts://máy:cổng; "
    "`python -m controller demo` tự chạy trạm MQTT."
)


class Door(Struct, frozen=True):
    """The address of a broker with our user name and password."""

    host: str
    port: int
    tls: bool
    user: str
    password: str | None


def read_door(settings: Settings) -> Door:
    """A name and password in the URL come before those beside it. Raises BadSettings."""
    parts = urlsplit(settings.broker_url or "")
    if parts.scheme not in PORTS or not parts.hostname:
        raise BadSettings([NO_BROKER])
    return Door(
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        tls=parts.scheme == "mqtts",
        user=unquote(parts.username or settings.broker_user),
        password=unquote(parts.password) if parts.password else _password(settings),
    )


def _password(settings: Settings) -> str | None:
    if settings.broker_password_file is None:
        return None
    try:
        return settings.broker_password_file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSettings([f"TT_BROKER_PASSWORD_FILE: {error}"]) from error
