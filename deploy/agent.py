"""The agent as one file of pure Python: the same bytes from the same sources, on every machine.

It holds the station's code and nothing else; libraries with machine code are the runtime's, which
comes with the Debian package and changes seldom. So an update is about a hundred kilobytes on a
village's SIM card, and one file serves every architecture.
"""

import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("contract", "station_agent")
EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest time that a zip file can hold
MODE = 0o644 << 16


def build(target: Path, root: Path = ROOT) -> None:
    """Write the agent of the sources under `root` to `target`."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for package in PACKAGES:
            for file in sorted((root / package).rglob("*")):
                if file.is_file() and "__pycache__" not in file.parts:
                    _add(out, file, file.relative_to(root).as_posix())


def _add(out: zipfile.ZipFile, file: Path, name: str) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = MODE
    entry.create_system = 3  # Unix, wherever it is built
    out.writestr(entry, file.read_bytes(), compresslevel=9)
