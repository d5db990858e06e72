"""A station's figures as people read them: the newest beat in words, a day as lines; pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from contract.reports import Beat, Machine, Modem, Senses
from contract.telling import ZONE
from controller.model import StationSample
from controller.samples import SHOWN
from web import sparkline

NETWORKS: Mapping[str, str] = {
    "home": "đã vào mạng",
    "roaming": "chuyển vùng",
    "searching": "đang tìm mạng",
    "denied": "bị từ chối",
    "none": "chưa vào mạng",
}

DRAWN: Mapping[str, tuple[str, str]] = {
    "cpu_c": ("Bộ xử lý", "°C"),
    "cabinet_c": ("Trong tủ", "°C"),
    "battery_v": ("Ắc quy", "V"),
    "dbm": ("Sóng di động", "dBm"),
    "memory_free_mb": ("Bộ nhớ còn", "MB"),
    "free_mb": ("Thẻ nhớ còn", "MB"),
    "load": ("Tải", "việc chờ mỗi nhân"),
    "clock_ms": ("Đồng hồ lệch", "ms"),
}
"""By the names in controller.samples."""

Fact = tuple[str, str]


class Drawn(Struct, frozen=True, kw_only=True):
    """A line with its name and unit."""

    name: str
    unit: str
    line: sparkline.Line


def number(value: float) -> str:
    """With a comma, as people here write it, and no more digits than say something."""
    text = f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}".removesuffix(".0")
    return text.replace(".", ",")


def lines(found: Sequence[StationSample], now: datetime) -> list[Drawn]:
    """What there is of the last day."""
    drawn = []
    for key, (name, unit) in DRAWN.items():
        points = [(row.at, row.figures[key]) for row in found if key in row.figures]
        made = sparkline.line(points, now - SHOWN, now)
        if made is not None:
            drawn.append(Drawn(name=name, unit=unit, line=made))
    return drawn


def facts(beat: Beat | None) -> list[Fact]:
    """What the newest beat says; nothing of what it does not."""
    if beat is None:
        return []
    return [
        ("Chạy liên tục", _span(beat.uptime_s)),
        *(_senses(beat.senses) if beat.senses else ()),
        *(_modem(beat.modem) if beat.modem else ()),
        *_clock(beat),
        ("Thẻ nhớ còn", f"{number(beat.free_bytes / 1e6)} MB"),
        *(_machine(beat.machine) if beat.machine else ()),
        ("Chương trình dùng", f"{number(beat.rss_bytes / 1e6)} MB bộ nhớ"),
        ("Số lần hụt tiếng", str(beat.underruns)),
        *([("Bộ khóa tin cậy", f"bản {beat.root_version}")] if beat.root_version else ()),
    ]


def _senses(senses: Senses) -> Iterator[Fact]:
    if senses.mains is not None:
        yield "Điện lưới", "có" if senses.mains else "mất"
    if senses.battery_v is not None:
        yield "Ắc quy", f"{number(senses.battery_v)} V"
    if senses.temperature_c is not None:
        yield "Trong tủ", f"{number(senses.temperature_c)} °C"
    if senses.door_open is not None:
        yield "Cửa tủ", "đang mở" if senses.door_open else "đóng"
    if senses.interlock_closed is not None:
        yield "Khóa liên động", "đóng" if senses.interlock_closed else "hở"


def _modem(modem: Modem) -> Iterator[Fact]:
    if not modem.answers:
        yield "Modem", "không trả lời"
        return
    yield "SIM", "tốt" if modem.sim == "READY" else modem.sim or "không rõ"
    where = [NETWORKS.get(modem.network, ""), modem.operator]
    yield "Mạng di động", " · ".join(filter(None, where)) or "không rõ"
    if modem.dbm is not None:
        yield "Sóng", f"{modem.dbm} dBm"


def _clock(beat: Beat) -> Iterator[Fact]:
    if beat.clock_offset_ms is not None:
        doubt = f" (±{beat.clock_uncertainty_ms})" if beat.clock_uncertainty_ms else ""
        yield "Đồng hồ lệch máy chủ", f"{beat.clock_offset_ms} ms{doubt}"
    if isinstance(beat.synchronised, bool):
        yield "Máy chủ giờ", "đang theo" if beat.synchronised else "chưa theo"


def _machine(machine: Machine) -> Iterator[Fact]:
    if machine.wear_percent is not None:
        yield "Bộ nhớ đã mòn", f"{machine.wear_percent} %"
    if machine.memory_free_bytes is not None:
        yield "Bộ nhớ còn", f"{number(machine.memory_free_bytes / 1e6)} MB"
    if machine.load is not None:
        yield "Tải", f"{number(machine.load)} việc chờ mỗi nhân"
    if machine.cpu_c is not None:
        yield "Bộ xử lý", f"{number(machine.cpu_c)} °C"
    if machine.papers_end_at is not None:
        yield "Chứng thư đến", machine.papers_end_at.astimezone(ZONE).strftime("%d/%m/%Y")


def _span(seconds: int) -> str:
    span = timedelta(seconds=seconds)
    if span.days:
        return f"{span.days} ngày"
    return f"{seconds // 3600} giờ {seconds % 3600 // 60} phút"
