"""What follows a number and says of what it is: nghìn, %, đồng, km, giờ."""

import re
from dataclasses import dataclass

from tts.meaning.sounds import Phrase, phrase
from tts.meaning.want import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A written mark after a number and how it is heard; `times` for a magnitude."""

    span: Span
    written: str
    kind: str
    heard: Phrase
    times: int = 1


_MAGNITUDES = {
    "trăm": ("trăm", 100),
    "nghìn": ("nghìn", 1_000), "ngàn": ("nghìn", 1_000), "k": ("nghìn|ca|ki lô mét", 1_000),
    "K": ("nghìn|ca", 1_000),
    "triệu": ("triệu", 1_000_000), "tr": ("triệu|trang", 1_000_000), "Tr": ("triệu", 1_000_000),
    "tỷ": ("tỷ", 1_000_000_000), "tỉ": ("tỷ", 1_000_000_000),
}  # fmt: skip  # a table, read across
_MONEY = {
    "đồng": "đồng", "đ": "đồng", "Đ": "đồng|đê", "VNĐ": "đồng", "VND": "đồng", "vnđ": "đồng",
    "vnd": "đồng",
    "trđ": "triệu đồng", "tr.đ": "triệu đồng", "tr.đồng": "triệu đồng",
    "USD": "đô la|đô|u ét đê", "$": "đô la|đô", "€": "ơ rô|euro",
    "EUR": "ơ rô|euro",
}  # fmt: skip
_SHARES = {
    "%": "phần trăm", "‰": "phần nghìn|phần ngàn", "%o": "phần nghìn|phần ngàn",
    "o/oo": "phần nghìn|phần ngàn",
}  # fmt: skip
_HOURS = {"h": "giờ", "giờ": "giờ", "g": "giờ|gam|gờ ram"}
_MINUTES = {"'": "phút", "’": "phút", "′": "phút", "phút": "phút", "ph": "phút", "p": "phút|pê"}
_UNITS = {
    "°C": "độ", "° C": "độ", "ºC": "độ", "oC": "độ", "o C": "độ", "°": "độ", "º": "độ",
    "°N": "độ", "°S": "độ", "°E": "độ", "°W": "độ", "°B": "độ", "°Đ": "độ", "°F": "độ",
    "⁰C": "độ", "⁰": "độ", "độ": "độ", "độ C": "độ", "℃": "độ", "°c": "độ", "ºc": "độ", "⁰c": "độ",
    "º C": "độ", "⁰ C": "độ", "˚C": "độ", "˚ C": "độ", "˚c": "độ", "˚": "độ", "ᵒC": "độ",
    "ᵒ C": "độ", "ᵒc": "độ", "ᵒ": "độ",
    "km": "ki lô mét|kilômét|cây số|cây|ki lô", "m": "mét", "dm": "đề xi mét|đê xi mét",
    "cm": "xăng ti mét|xen ti mét|xăngtimét|xentimét|phân", "mm": "mi li mét|milimét|ly|li",
    "kg": "ki lô gam|kilôgam|kí|ký|cân|ki lô", "mg": "mi li gam|miligam",
    "µg": "mi crô gam|micrôgam", "μg": "mi crô gam|micrôgam", "ml": "mi li lít|mililít",
    "lít": "lít", "l": "lít|e lờ", "ha": "héc ta|hecta|ha", "kV": "ki lô vôn|ki lô von|kilôvôn",
    "kW": "ki lô oát|ki lô oắt|kilôoát", "kWh": "ki lô oát giờ|ki lô oắt giờ|số điện|kilôoát giờ",
    "kVA": "ki lô vôn am pe|ki lô vôn ampe",
    "MW": "mê ga oát|mê ga oắt", "MHz": "mê ga héc|mê ga hét", "kHz": "ki lô héc|ki lô hét",
    "mV": "mi li vôn|mi li von", "mA": "mi li am pe|mi li ampe", "kA": "ki lô am pe|ki lô ampe",
    "mAh": "mi li am pe giờ|mi li ampe giờ", "MVA": "mê ga vôn am pe|mê ga vôn ampe",
    "kWp": "ki lô oát pích|ki lô oắt pích", "MWp": "mê ga oát pích|mê ga oắt pích",
    "dBm": "đề xi ben mi li oát|đê xi ben mi li oát", "bar": "ba", "mbar": "mi li ba",
    "mb": "mi li ba", "kPa": "ki lô pát can", "MPa": "mê ga pát can",
    "T": "tháng|tấn|tuổi|tê",
    "mmHg": "mi li mét thủy ngân|mi li mét thuỷ ngân", "kcal": "ki lô ca lo", "Kcal": "ki lô ca lo",
    "kJ": "ki lô giun|ki lô jun", "KB": "ki lô bai", "MB": "mê ga bai", "ms": "mi li giây",
    "MP": "mê ga pích xeo",
    "mol": "mon|mol", "mmol": "mi li mon|mi li mol", "kgf": "ki lô gam lực",
    "ppm": "phần triệu", "ppb": "phần tỷ|phần tỉ", "miligam": "mi li gam", "milligam": "mi li gam",
    "mililít": "mi li lít", "mililit": "mi li lít", "kilôgam": "ki lô gam", "kilogam": "ki lô gam",
    "kilôgram": "ki lô gam", "kilogram": "ki lô gam", "kilômét": "ki lô mét",
    "kilomet": "ki lô mét", "centimet": "xăng ti mét", "centimét": "xăng ti mét",
    "xentimét": "xăng ti mét", "milimét": "mi li mét", "milimet": "mi li mét",
}  # fmt: skip
_TABLES = {
    "money": _MONEY, "share": _SHARES, "hour": _HOURS, "minute": _MINUTES, "unit": _UNITS,
}  # fmt: skip
_NAMES = {
    written: Mark((0, 0), written, kind, phrase(heard))
    for kind, table in _TABLES.items()
    for written, heard in table.items()
} | {
    written: Mark((0, 0), written, "magnitude", phrase(heard), times)
    for written, (heard, times) in _MAGNITUDES.items()
}
_WRITTEN = "|".join(re.escape(name) for name in sorted(_NAMES, key=len, reverse=True))
# A letter after the mark would make it another word; digits may follow: 7h30, 1tr2. "m2" is
# a power (powers.py).
_MARK = re.compile(rf"[ ]?({_WRITTEN})(?!(?<=m)[23²³](?!\d)|(?<=K)\.\d)(?![^\W\d_²³])")
# Apart from its number a single letter names something: "lớp 5 K", "tổ 2 h".
_NAMES_APART = re.compile(r" [kgplTĐ'’]|[ ]?[A-JL-SU-Z]")


def unit(written: str) -> Phrase | None:
    """How a unit is said where it stands for itself: "/km", "Km45"."""
    known = _NAMES.get(written)
    return known.heard if known and known.kind == "unit" else None


def marks_after(text: str, at: int) -> tuple[Mark, ...]:
    """All marks from here on, nearest first: "triệu đồng"."""
    found = []
    while match := _MARK.match(text, at):
        if _NAMES_APART.fullmatch(match[0]):
            break
        timed = match[1] == "g" and text[match.end() :][:1].isdigit()
        known = _NAMES["h" if timed else match[1]]
        found.append(Mark(match.span(1), match[1], known.kind, known.heard, known.times))
        at = match.end()
    return tuple(found)
