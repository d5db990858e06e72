"""Units and counted things in lines of capitals, back in the letters the other rules know.

"CÁCH 500 M2", "60.000Đ/THÁNG": as long as the source, so that places stay the same.
"""

import re

from tts.normalise.units import UNITS

# Written in capitals they could be something else, or are right as they stand.
_AS_THEY_ARE = frozenset(
    {"A", "V", "W", "G", "J", "S", "KB", "MB", "GB", "TB", "HP", "MW", "PA", "MS", "MA", "MV"}
    | {"DL", "NM", "KA", "AH", "HM", "DM", "DB", "BAR", "CAL", "OC"}
)
_SMALL = {
    unit.upper(): unit
    for unit in sorted(UNITS)
    if len(unit.upper()) == len(unit) and unit.upper() not in {*_AS_THEY_ARE, *UNITS}
} | {"M": "m", "KG": "kg", "CON": "con", "BAO": "bao", "CA": "ca"}
_TONED = re.compile(r"[ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĨŨƠƯẠ-Ỹ]")
_WORD = r"[A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ]+[23²³]?"
_MANY = "(?:(?:TRĂM|NGHÌN|NGÀN|TRIỆU|TỶ|TỈ) )?"
_RATE = rf"(?:\s?/\s?\d{{0,6}}\s?{_WORD}(?!\w))*"
_PLATE = r"(?: - \d{4}|(?: - |[ .-])\d{3}\.?\d\d)(?!\w)"  # "88H - 1234", "88H 123.45"
_AFTER_A_NUMBER = re.compile(
    rf"(?:(?<![\w.,])|(?<=\d[hg]))\d[\d.,]{{0,20}}\s?{_MANY}{_WORD}(?!\w|-(?!\d+M[23²³])\d|{_PLATE})"
    rf"(?: ĐỒNG(?!\w))?{_RATE}"
)
_AFTER_A_SLASH = re.compile(rf"(?:(?<=[^\W\d_]{{2}})|(?<=%))\s?/\s?{_WORD}(?!\w)")
_CLOCK = re.compile(
    r"(?<=\d)[HG](?=\d\d(?!\w))|(?<=24/24)H(?!\w)|(?<=M[3³]/)S(?!\w)|(?<=M/)S(?!\w)"
)
# "7G30 - 11G": the minutes of one tell what the other is; "TRƯỚC 15P" is a time too.
_CLOCKS = re.compile(
    r"(?<!\w)\d{1,2}G(?:\d\d\s?(?:[-–—]|ĐẾN)\s?\d{1,2}G|\s?(?:[-–—]|ĐẾN)\s?\d{1,2}G\d\d)(?!\w)"
    r"|(?<![\w.,])\d{1,4}G\s?[-–—]\s?\d{1,4}G(?=\s?/)"
    r"|(?<![\w.,/])\d{1,2}\s?[-–—]\s?\d{1,2}P(?:\s?/\s?[^\W\d_]+)?(?!\w)"
    r"|(?<!\w)(?:TRƯỚC|SAU|NGHỈ|KHOẢNG|TRONG|CHẬM|MUỘN|GIẢI LAO) \d{1,2}P(?!\w)"
)
_SIDES = re.compile(r"(?<![\w.,])\d{1,5}(?:[.,]\d+)?(?:X\d{1,5}(?:[.,]\d+)?)+\s?[CM]?M(?!\w)")
_DEGREE = re.compile(r"(?<=\d)OC(?!\w)")
_DONG = re.compile(r"(?:(?<=\.\d{3})|(?<=[ (]0))\s?Đ(?!\w)|(?i:(?<=ngàn )|(?<=triệu ))Đ(?!\w)")
# "TĂNG 150 Đ/KG", "GIẢM 280Đ": "LỚP 5Đ" is a class.
_DONG_OF_A_PRICE = re.compile(
    r"(?<!\w)(?:TĂNG|GIẢM|GIÁ|PHÍ|THU|NỘP|CÒN|PHẠT)(?: [A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ]+)? \d{2,3}\s?Đ(?!\w)"
    r"|(?<![\w.,])\d{2,3}\s?Đ(?=/[^\W\d])"
)
_EACH_WORD = re.compile(_WORD)


def in_small_letters(text: str) -> str:
    """The text, with what follows a number or a slash in a line of capitals made small."""
    return "\n".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    if not line.isupper():
        return _DONG.sub(_made_small, line)
    for pattern in (_CLOCKS, _CLOCK, _SIDES, _AFTER_A_NUMBER, _AFTER_A_SLASH, _DONG):
        line = pattern.sub(_made_small, line)
    line = _DONG_OF_A_PRICE.sub(lambda match: f"{match[0][:-1]}đ", line)
    return _DEGREE.sub("oC", line) if line.isupper() else line


def _made_small(match: "re.Match[str]") -> str:
    if match.re in (_CLOCKS, _CLOCK, _SIDES, _DONG):
        return match[0].lower()
    return _EACH_WORD.sub(lambda word: _small(word[0]), match[0])


def _small(word: str) -> str:
    """A unit in its own letters; other words only where their marks show that they are words."""
    return _SMALL.get(word) or (word.lower() if _TONED.search(word) else word)
