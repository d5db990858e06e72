"""Profile files: the makers' profiles that the operator has put on this server."""

from pathlib import Path

from msgspec import Struct

from contract.errors import Unreadable
from controller.foreign import profile
from controller.foreign.profile import Profile


class Found(Struct, frozen=True):
    """One file; `problem` is empty when it can be used."""

    id: str
    profile: Profile | None
    problem: str = ""


def found(folder: Path) -> list[Found]:
    """Every `*.toml` of the folder, by name; none when there is no folder."""
    return [_read(file) for file in sorted(folder.glob("*.toml"))]


def _read(file: Path) -> Found:
    try:
        return Found(file.stem, profile.read(file.read_text(encoding="utf-8")))
    except (Unreadable, OSError, UnicodeDecodeError) as error:
        return Found(file.stem, None, str(error))
