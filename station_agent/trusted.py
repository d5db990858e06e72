"""Loading `trust.json`: whose signatures this station obeys."""

from pathlib import Path

from contract.errors import Unreadable
from contract.trust import Trust, read_trust
from station_agent.errors import BadTrust


def load_trust(path: Path) -> Trust:
    """Read the keys. Raises BadTrust."""
    try:
        return read_trust(path.read_bytes())
    except OSError as error:
        raise BadTrust(f"Không mở được {path}: {error.strerror}") from error
    except Unreadable as error:
        raise BadTrust(f"Không dùng được {path}: {error.detail}") from error
