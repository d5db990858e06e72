"""Room for a recording: the least important others make way, and the journal keeps its reserve."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from contract.messages import Recording
from station_agent.actions import Wanted
from station_agent.errors import NoRoom


def least_important_first(
    files: Sequence[Path], wanted: Sequence[Wanted], needed: Recording
) -> list[Path]:
    """What may be thrown away for `needed`: what nothing wants, the oldest first; then what is
    wanted after it, the last first. What is wanted before it stays."""
    rank = {one.recording.sha256: number for number, one in enumerate(wanted)}
    own = rank.get(needed.sha256, 0)
    spare = [path for path in files if path.stem not in rank]
    later = [path for path in files if rank.get(path.stem, -1) > own]
    spare.sort(key=_age)
    later.sort(key=lambda path: rank[path.stem], reverse=True)
    return spare + later


def make_room(
    root: Path, wanted: Sequence[Wanted], needed: Recording, reserve_bytes: int
) -> Iterator[Path]:
    """Throw away one file after the other until `needed` fits; gives each that is gone.

    Raises NoRoom: it does not fit, whatever goes.
    """
    held = sum(path.stat().st_size for path in root.glob(f"{needed.sha256}.part"))
    missing = needed.size - held + reserve_bytes
    if needed.size + reserve_bytes > shutil.disk_usage(root).total:
        megabytes = needed.size // 1_000_000
        raise NoRoom(f"Tệp âm thanh {needed.sha256[:12]}… ({megabytes} MB) lớn hơn cả ổ đĩa")
    for path in least_important_first(list(root.iterdir()), wanted, needed):
        if shutil.disk_usage(root).free >= missing:
            return
        path.unlink(missing_ok=True)
        yield path
    if shutil.disk_usage(root).free < missing:
        raise NoRoom("Đĩa gần đầy: không tải thêm tệp âm thanh")


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0  # gone meanwhile
