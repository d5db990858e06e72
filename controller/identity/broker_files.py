"""What the broker's door for stations needs, as the names and texts of its files."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from controller.identity.authority import SERVER_CERTIFICATE, SERVER_SECRET, Authority

AUTHORITY, CERTIFICATE, KEY, REVOKED = "authority.crt", "server.crt", "server.key", "revoked.crl"


def broker_files(authority: Authority, serials: Iterable[str], now: datetime) -> Mapping[str, str]:
    """All of them; `serials` are those taken back."""
    folder = authority.folder
    return {
        AUTHORITY: authority.pem,
        CERTIFICATE: (folder / SERVER_CERTIFICATE).read_text(),
        KEY: (folder / SERVER_SECRET).read_text(),
        REVOKED: authority.revocation_list(serials, now),
    }
