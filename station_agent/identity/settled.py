"""Puts what a claim has told into the station's settings file, beside what stands there."""

import os
import re
from pathlib import Path

from station_agent.identity.papers import Issued


def settle(file: Path, issued: Issued, folder: Path) -> None:
    """Write station, addresses and papers; other lines stay as people wrote them."""
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    told = {
        "station": issued.station,
        "broker_url": issued.broker_url,
        "media_url": issued.media_url,
        "identity": str(folder.absolute()),
    }
    for name, value in told.items():
        text = _with(text, name, value)
    draft = file.with_name(f"{file.name}.new")
    with draft.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)


def _with(text: str, name: str, value: str) -> str:
    """The line in place of an old one, or first: a TOML table may follow at the end."""
    line = f'{name} = "{value.replace(chr(92), chr(92) * 2)}"'
    old = re.compile(rf"^{name}\s*=.*$", re.MULTILINE)
    if old.search(text):
        return old.sub(lambda _: line, text)
    return f"{line}\n{text}"
