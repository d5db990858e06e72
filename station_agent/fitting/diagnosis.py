"""What brings diagnoses, with what stays the same while the agent runs."""

import platform
from importlib.metadata import PackageNotFoundError, version

from contract import __version__
from station_agent.diagnosis.bearer import Bearer
from station_agent.diagnosis.bundle import Box
from station_agent.download import Media
from station_agent.inputs import Inbox
from station_agent.settings import Settings

LIBRARIES = ("msgspec", "paho-mqtt", "av", "pynacl", "pyserial", "cryptography", "tuf")


def make_bearer(settings: Settings, inbox: Inbox, media: Media) -> Bearer:
    """The bearer of this station's diagnoses."""
    return Bearer(Box(versions=_versions(), settings=settings), media, inbox.put)


def _versions() -> dict[str, str]:
    found = {"agent": __version__, "python": platform.python_version()}
    found |= {"kernel": platform.release(), "machine": platform.machine()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found
