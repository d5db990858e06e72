"""Reset: the pages of a sandbox ask its launcher to begin anew, by a file that it looks for."""

from pathlib import Path


def ask(data: Path) -> None:
    """From a page; the launcher sees it within a tenth of a second."""
    file = _file(data)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()


def is_wanted(data: Path) -> bool:
    """Whether somebody asked."""
    return _file(data).exists()


def _file(data: Path) -> Path:
    return data / "run" / "reset"
