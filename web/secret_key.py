"""Secret key: what the cookies are signed with, made at the first start and kept with the data."""

import os
import secrets

from controller.settings import Settings

_BYTES = 32  # as long as the SHA-256 that signs with it
FILE = "secret_key"


def secret_key(settings: Settings) -> str:
    """The key of the settings, else the one in the data directory. Raises OSError."""
    if settings.secret_key is not None:
        return settings.secret_key.reveal()
    path = settings.data / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{secrets.token_hex(4)}")
    fresh.touch(mode=0o600, exist_ok=False)
    fresh.write_text(secrets.token_urlsafe(_BYTES))
    try:
        os.link(fresh, path)  # of two workers that start at once, one wins and both read it
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_text()
