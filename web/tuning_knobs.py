"""Tuning knobs: what can be turned on the spot, by how much, and what a change was, in words."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import asdict

from contract.messages import Sound
from web.words import PROFILE

PERCENT_STEP = 5
"""From 60 to 65 % of amplitude are 0.7 dB: less is not heard beside a loudspeaker."""

DELAY_STEP_MS = 10
"""Two horns less than about 20 ms apart are heard as one; sound goes 3.4 m in this time."""

MOST_DELAY_MS = 2_000  # contract.messages.ShiftMs


class Knob(Struct, frozen=True, kw_only=True):
    """A number with what a tap makes of it; None: it goes no further that way."""

    name: str
    label: str
    hint: str
    unit: str
    value: int
    less: int | None
    more: int | None


def knobs(sound: Sound, told: int | None, *, foreign: bool) -> list[Knob]:
    """Those that this station has; `told` is the volume that the box says it has now."""
    found = [_volume(sound, told), _maximum(sound)]
    return found if foreign else [*found, _delay(sound)]


def changes(sound: Sound, other: Sound) -> str:
    """What is different in `sound`, for people."""
    before = asdict(other)
    return ", ".join(_said(sound, [n for n, v in asdict(sound).items() if v != before[n]]))


def _volume(sound: Sound, told: int | None) -> Knob:
    hints = ["Mức khi phát tin thường ngày."]
    for each in sound.hours:
        span = each.hours
        hints.append(f"Từ {span.start} đến {span.end} theo mức riêng {each.percent} %.")
    if sound.volume is None:
        hints.append("Chưa đặt ở đây: theo lệnh âm lượng nếu có, không thì theo cấu hình trên máy.")
    asked = sound.volume if sound.volume is not None else 100 if told is None else told
    value = min(asked, sound.maximum)
    less, more = _steps(value, PERCENT_STEP, 0, sound.maximum)
    return Knob(
        name="volume",
        label="Âm lượng",
        hint=" ".join(hints),
        unit="%",
        value=value,
        less=less,
        more=more,
    )


def _maximum(sound: Sound) -> Knob:
    low = max([sound.volume or 0, *(each.percent for each in sound.hours)])
    less, more = _steps(sound.maximum, PERCENT_STEP, low, sound.emergency)
    return Knob(
        name="maximum",
        label="Mức tối đa",
        hint="Không bản tin nào to hơn mức này, trừ tin khẩn cấp.",
        unit="%",
        value=sound.maximum,
        less=less,
        more=more,
    )


def _delay(sound: Sound) -> Knob:
    less, more = _steps(sound.latency_ms, DELAY_STEP_MS, 0, MOST_DELAY_MS)
    return Knob(
        name="latency_ms",
        label="Bù trễ",
        hint="Loa kêu muộn hơn cụm bên cạnh thì tăng lên; kêu sớm hơn thì giảm xuống.",
        unit="ms",
        value=sound.latency_ms,
        less=less,
        more=more,
    )


def _steps(value: int, step: int, low: int, high: int) -> tuple[int | None, int | None]:
    less = max(low, value - step) if value > low else None
    more = min(high, value + step) if value < high else None
    return less, more


def _said(sound: Sound, names: list[str]) -> Iterator[str]:
    for name in names:
        match name:
            case "volume" if sound.volume is None:
                yield "âm lượng theo máy"
            case "volume":
                yield f"âm lượng {sound.volume} %"
            case "maximum":
                yield f"tối đa {sound.maximum} %"
            case "latency_ms":
                yield f"bù trễ {sound.latency_ms} ms"
            case "profile":
                yield f"kiểu loa: {PROFILE[sound.profile]}"
    if set(names) - {"volume", "maximum", "latency_ms", "profile"}:
        yield "mục khác ở trang Âm thanh"
