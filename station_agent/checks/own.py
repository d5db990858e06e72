"""The box itself: keys, disk, clock."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from station_agent.checks.finding import Finding, bad, doubt, good
from station_agent.clock_sense import FIRST_LIGHT
from station_agent.errors import BadTrust
from station_agent.kernel_clock import error_ms
from station_agent.settings import Settings
from station_agent.trusted import load_trust

MEGABYTE = 1_000_000
TIGHT = 4  # times the reserve: below, recordings begin to make room for each other


def keys(settings: Settings) -> Finding:
    """Whose signatures are obeyed."""
    about = "Khóa tin cậy (trust.json)"
    try:
        load_trust(settings.trust)
    except BadTrust as error:
        return bad(about, str(error), "chép lại trust.json từ máy chủ của tỉnh")
    return good(about, "đọc được")


def disk(settings: Settings) -> Finding:
    """Whether the data folder takes a file for good, and has room."""
    about = "Thư mục dữ liệu"
    problem = unwritable(settings.data)
    if problem:
        return bad(about, f"{settings.data}: {problem}", "sửa quyền ghi, hoặc thay thẻ nhớ")
    free = shutil.disk_usage(settings.data).free // MEGABYTE
    if free < settings.reserve_mb:
        return bad(about, f"chỉ còn {free} MB trống", "xóa bớt tệp lạ, hoặc thay thẻ nhớ lớn hơn")
    if free < TIGHT * settings.reserve_mb:
        return doubt(about, f"còn {free} MB trống", "nên thay thẻ nhớ lớn hơn")
    return good(about, f"ghi được, còn {free} MB trống")


def clock(settings: Settings, clocks: Path = Path("/sys/class/rtc")) -> list[Finding]:
    """Whether the wall clock can be right, how well it is known, and what keeps it."""
    found = [_wall_clock()]
    if settings.clock == "battery" and not any(clocks.glob("rtc*")):
        told = "TT_CLOCK=battery, nhưng máy không có đồng hồ pin"
        do = "gắn mô-đun DS3231; hoặc đặt TT_CLOCK=network, khi đó sau mất điện phải chờ giờ mạng"
        found.append(doubt("Đồng hồ pin", told, do))
    return found


def _wall_clock() -> Finding:
    about, now, error = "Đồng hồ", datetime.now(UTC), error_ms()
    shown = now.astimezone().strftime("%H:%M ngày %d/%m/%Y")
    if now < FIRST_LIGHT:
        do = "thay pin đồng hồ hoặc chờ mạng; khi chưa đúng giờ chỉ phát khẩn cấp"
        return bad(about, f"đang chỉ {shown}", do)
    if error is None:
        return doubt(about, f"{shown}, chưa đồng bộ với máy chủ giờ", "bật chrony hoặc ntp")
    return good(about, f"{shown}, sai tối đa {error} ms")


def unwritable(folder: Path) -> str:
    """Why nothing can be kept in the folder; empty when a file was written to the disk."""
    probe = folder / ".tt-check"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with probe.open("wb") as file:
            file.write(b"tt")
            os.fsync(file.fileno())
        probe.unlink()
    except OSError as error:
        return error.strerror or str(error)
    return ""
