"""What can keep the launcher from doing its work."""

from pathlib import Path


class LaunchError(Exception):
    """Base of all that is said here, in words for the person at the terminal."""


class DirectoryInUse(LaunchError):
    """Another launcher runs in this data directory."""

    def __init__(self, data: Path) -> None:
        super().__init__(f"Thư mục dữ liệu {data} đang được một lần chạy khác dùng")


class NotReady(LaunchError):
    """A program did not become ready in time; `log` is where it says why."""

    def __init__(self, name: str, within_s: float, log: Path) -> None:
        super().__init__(f"{name} chưa sẵn sàng sau {within_s:.0f} giây; xem {log}")
        self.name, self.log = name, log
