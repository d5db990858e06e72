"""Figures that say all by themselves: m2, km³, 10^6, ½, 2026-11-23."""

import unicodedata

from tts.meaning.sounds import Cardinal, Form, Perhaps, phrase
from tts.meaning.want import Want

_LENGTHS = {
    "": "mét", "k": "ki lô mét|kilômét|cây số|ki lô", "h": "héc tô mét", "d": "đề xi mét|đê xi mét",
    "c": "xăng ti mét|xen ti mét|xăng ti|phân", "m": "mi li mét|mi li|ly",
}  # fmt: skip  # a table, read across
_POWERS = {"2": "vuông", "²": "vuông", "3": "khối", "³": "khối"}
# but "1m-1m3" are heights
POWER = r"(?<![^\W\d_])(?<!\dm[-–]\d)[kcdmh]?m[23²³](?!\w|(?<=km\d)\s?\+\s?\d)"
EXPONENT = r"(?<=\d)(?:\^[-−]?\d+|(?!⁰[Cc]?(?!\w))⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
ISO_DATE = r"(?<![\w-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\w-])"
FRACTION = r"\d*[¼½¾⅐-⅞]"


def power(written: str, at: int) -> Want:
    """ "km2" → "ki lô mét vuông"; a cubic metre is often a plain "khối"."""
    lengths, last = _LENGTHS[written[:-2]].split("|"), _POWERS[written[-1]]
    ways = [f"{length} {last}" for length in lengths]
    bare = ["khối"] if written[:-2] == "" and last == "khối" else []
    return Want((at, at + len(written)), ((phrase("|".join([*ways, *bare])),),), "Đơn vị")


def exponent(written: str, at: int) -> Want:
    """ "10^6" → "mũ sáu"."""
    digits = [c for c in written if c not in "^⁻-−"]
    value = int("".join(str(unicodedata.digit(c)) for c in digits)[:9])
    if len(digits) < len(written.removeprefix("^")):
        below = phrase("mũ âm|lũy thừa âm|luỹ thừa âm")
        return Want((at, at + len(written)), ((below, Cardinal(value)),), "Số mũ")
    to_the = phrase("mũ|lũy thừa|luỹ thừa")
    named: tuple[Form, ...] = {2: ((phrase("bình phương|vuông"),),), 3: ((phrase("khối"),),)}.get(
        value, ()
    )
    forms: tuple[Form, ...] = ((to_the, Cardinal(value)), *named)
    return Want((at, at + len(written)), forms, "Số mũ")


def iso_date(written: str, at: int) -> Want:
    """ "2026-11-23", said in the order of the country or as it stands."""
    year, month, day = map(int, written.split("-"))
    said = (phrase("tháng"), Cardinal(month))
    forms: tuple[Form, ...] = (
        (Perhaps(phrase("mùng")), Cardinal(day), *said, phrase("năm"), Cardinal(year)),
        (Cardinal(year), *said, phrase("ngày"), Perhaps(phrase("mùng")), Cardinal(day)),
    )
    return Want((at, at + len(written)), forms, "Ngày tháng")


def fraction(written: str, at: int) -> Want:
    """ "1½" → "một rưỡi", "một một phần hai"."""
    upper, lower = unicodedata.normalize("NFKD", written[-1]).split("⁄")
    whole: Form = (Cardinal(int(written[:-1][:9])),) if len(written) > 1 else ()
    parts: Form = (Cardinal(int(upper)), phrase("phần|trên"), Cardinal(int(lower)))
    said: list[Form] = [(*whole, *parts), (*whole, phrase("và"), *parts)]
    if (upper, lower) == ("1", "2"):
        said.append((*whole, phrase("rưỡi|một nửa|nửa")))
    return Want((at, at + len(written)), tuple(said), "Phân số")
