"""Right readings: the sample notices and every item of the development sets."""

from pathlib import Path

_DATA = Path(__file__).resolve().parents[1] / "data"
_NOTICES = Path(__file__).resolve().parents[2] / "notices"


def notices() -> list[str]:
    """The six sample notices."""
    found = sorted(_NOTICES.glob("*.txt"))
    assert found, f"sample notices missing: {_NOTICES.name}"
    return [path.read_text(encoding="utf-8") for path in found]


def readings() -> list[str]:
    """The accepted readings of the notices, which are texts too."""
    return [path.read_text(encoding="utf-8") for path in sorted(_DATA.glob("readings/*.txt"))]


def items() -> list[str]:
    """Every text of the development sets."""
    files = [_DATA / "development.tsv", *sorted(_DATA.glob("items/*.tsv"))]
    return [
        line.split("\t")[0]
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]


def everything() -> list[str]:
    """All of them."""
    return [*notices(), *readings(), *items()]
