"""What the repository of releases offers, read from its own files."""

import json
import re
from pathlib import Path

NAME = re.compile(r"tt-station-(?P<version>[0-9A-Za-z][0-9A-Za-z.+-]{0,39})\.pyz")


def versions(folder: Path) -> list[str]:
    """The published versions, the latest last; none when nothing was published.

    Not a check: stations judge signatures, people only choose from a list.
    """
    found = sorted((folder / "metadata").glob("*.targets.json"), key=_number)
    if not found:
        return []
    try:
        names = json.loads(found[-1].read_bytes())["signed"]["targets"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    matches = (NAME.fullmatch(name) for name in names)
    return [match["version"] for match in matches if match]


def _number(file: Path) -> int:
    head = file.name.partition(".")[0]
    return int(head) if head.isdecimal() else 0
