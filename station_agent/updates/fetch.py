"""Fetching a release in a process of its own: TUF's client is large, and the agent is small.

`python -m station_agent.updates.fetch URL FOLDER ROOT NAME` prints the path of the checked file,
or a Vietnamese sentence with exit code 1. TUF specification 1.0, client workflow.
"""

import sys
from pathlib import Path

from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.ngclient import Updater, UpdaterConfig

LARGEST = 64_000_000  # bytes of an agent: a hundred times what it is
SENTENCES: tuple[tuple[type[Exception], str], ...] = (
    (BadVersionNumberError, "Kho cập nhật đưa ra bản cũ hơn bản đã thấy"),
    (ExpiredMetadataError, "Thông tin của kho cập nhật đã quá hạn"),
    (UnsignedMetadataError, "Thông tin cập nhật không đủ chữ ký"),
    (LengthOrHashMismatchError, "Tệp cập nhật không khớp với bản đã ký"),
    (RepositoryError, "Kho cập nhật không nhất quán"),
    (DownloadError, "Không tải được bản cập nhật"),
    (OSError, "Không ghi được bản cập nhật"),
)


def fetch(url: str, folder: Path, root: bytes, name: str) -> Path:
    """Download and check one file of the repository at `url`. Raises what SENTENCES lists."""
    (folder / "metadata").mkdir(parents=True, exist_ok=True)
    (folder / "targets").mkdir(exist_ok=True)
    updater = Updater(
        metadata_dir=str(folder / "metadata"),
        metadata_base_url=f"{url}/metadata/",
        target_dir=str(folder / "targets"),
        target_base_url=f"{url}/targets/",
        config=UpdaterConfig(max_root_rotations=64, targets_max_length=1_000_000),
        bootstrap=root,
    )
    info = updater.get_targetinfo(name)
    if info is None:
        raise RepositoryError(f"không có {name}")
    if info.length > LARGEST:
        raise RepositoryError(f"{info.length} byte là quá lớn")
    held = updater.find_cached_target(info)
    return Path(held or updater.download_target(info))


def main(argv: list[str]) -> int:
    """0 and the path, or 1 and the reason."""
    url, folder, root, name = argv
    try:
        print(fetch(url, Path(folder), Path(root).read_bytes(), name))
    except tuple(kind for kind, _ in SENTENCES) as error:
        sentence = next(words for kind, words in SENTENCES if isinstance(error, kind))
        print(f"{sentence}: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
