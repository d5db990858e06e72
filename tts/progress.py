"""How far a render has come, in a small file that others may read at any time."""

from collections.abc import Callable
from pathlib import Path


def into(file: str) -> Callable[[int, int], None]:
    """Keeps "done/total" in `file`, always whole; "" is nowhere."""
    if not file:
        return lambda _done, _total: None
    place = Path(file)
    draft = place.with_name(f"{place.name}.part")

    def write(done: int, total: int) -> None:
        draft.write_text(f"{done}/{total}", encoding="ascii")
        draft.replace(place)

    return write
