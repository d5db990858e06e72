"""Puts what a claim has told into the station's settings file, beside what stands there."""

import os
import re
from pathlib import Path
from stat import S_IMODE

import msgspec

from contract.claims import Issued

NEW_MODE = 0o644  # what a claim tells is no secret
RELEASES = "/cap-nhat/kho"  # where the stations' door keeps the repository of releases
_ELSEWHERE = re.compile(rf'^updates_url\s*=(?!.*{RELEASES}"?\s*$)', re.MULTILINE)


def settle(file: Path, issued: Issued, folder: Path) -> None:
    """Write station, addresses and papers; other lines stay as people wrote them.

    Releases come through the same door, unless people wrote another repository.
    """
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    told = {
        "station": issued.station,
        "broker_url": issued.broker_url,
        "media_url": issued.media_url,
        "identity": str(folder.absolute()),
    }
    if not _ELSEWHERE.search(text):
        told["updates_url"] = f"{issued.media_url.rstrip('/')}{RELEASES}"
    for name, value in told.items():
        text = _with(text, name, value)
    draft = file.with_name(f"{file.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(text.encode())
        out.flush()
        _as_before(file, out.fileno())
        os.fsync(out.fileno())
    draft.replace(file)


def _as_before(file: Path, opened: int) -> None:
    """Who may read the settings stays as it was: a password may stand in them."""
    if not file.exists():
        os.fchmod(opened, NEW_MODE)
        return
    was = file.stat()
    os.fchmod(opened, S_IMODE(was.st_mode))
    if os.geteuid() == 0:
        os.fchown(opened, was.st_uid, was.st_gid)


def _with(text: str, name: str, value: str) -> str:
    """The line in place of an old one, or first: a TOML table may follow at the end.

    The server may say what it likes, and it stays one value: TOML reads JSON's strings.
    """
    line = f"{name} = {msgspec.json.encode(value).decode()}"
    old = re.compile(rf"^{name}\s*=.*$", re.MULTILINE)
    if old.search(text):
        return old.sub(lambda _: line, text)
    return f"{line}\n{text}"
