"""Fetching a release in a process of its own: TUF's client is large, and the agent is small.

`python -m station_agent.updates.fetch URL FOLDER ROOT NAME [PAPERS]` prints the path of the checked
file, or a Vietnamese sentence with exit code 1. With PAPERS the repository stands behind the
stations' door, which asks for the box's certificate. TUF specification 1.0, client workflow.
"""

import ssl
import sys
from collections.abc import Iterator
from pathlib import Path

import urllib3
from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadError,
    DownloadHTTPError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.ngclient import FetcherInterface, Updater, UpdaterConfig

from station_agent.errors import BadIdentity
from station_agent.identity.papers import Papers

PATIENCE_S = 30.0  # for each read, as TUF's own fetcher
LARGEST = 64_000_000  # bytes of an agent: a hundred times what it is
SENTENCES: tuple[tuple[type[Exception], str], ...] = (
    (BadVersionNumberError, "Kho cập nhật đưa ra bản cũ hơn bản đã thấy"),
    (ExpiredMetadataError, "Thông tin của kho cập nhật đã quá hạn"),
    (UnsignedMetadataError, "Thông tin cập nhật không đủ chữ ký"),
    (LengthOrHashMismatchError, "Tệp cập nhật không khớp với bản đã ký"),
    (RepositoryError, "Kho cập nhật không nhất quán"),
    (DownloadError, "Không tải được bản cập nhật"),
    (BadIdentity, "Không vào được cửa của trạm loa"),
    (OSError, "Không ghi được bản cập nhật"),
)


class StationsDoor(FetcherInterface):
    """Fetches with the box's certificate, from a server of our authority whatever its name."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._pool = urllib3.PoolManager(ssl_context=context, assert_hostname=False)

    def _fetch(self, url: str) -> Iterator[bytes]:
        answer = self._pool.request(
            "GET", url, preload_content=False, redirect=False, timeout=PATIENCE_S
        )
        if answer.status != 200:
            answer.close()
            raise DownloadHTTPError(f"mã {answer.status}", answer.status)
        return answer.stream(65_536)


def fetch(
    url: str, folder: Path, root: bytes, name: str, door: FetcherInterface | None = None
) -> Path:
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
        fetcher=door,
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
    url, folder, root, name, *papers = argv
    try:
        doors = [StationsDoor(Papers(Path(each)).context()) for each in papers]
        print(fetch(url, Path(folder), Path(root).read_bytes(), name, *doors))
    except tuple(kind for kind, _ in SENTENCES) as error:
        sentence = next(words for kind, words in SENTENCES if isinstance(error, kind))
        print(f"{sentence}: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
