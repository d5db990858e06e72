"""Plain numbers and their ranges: whatever no other family has spoken."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal, digit_by_digit
from tts.normalise.quantity import DASH, NUMBER, SIGNED, say_number, value
from tts.normalise.rules import MASK, Doubt, Rule, Said, after, before, rule

_OPEN = r"(?<![\w])(?<!\d[.,])"
_CLOSE = r"(?!\w|[.,]\d)"
_TENTHS = r"\d{1,6}(?:,\d{1,3})?"
_ROW = rf"\d{{1,6}}(?:-\d{{1,6}}){{2,}}|{_TENTHS}(?: [-–—] {_TENTHS}){{2,}}"
# "3.5 triệu" is an amount; "mục 2.1" is not.
_COUNTED_AFTER = re.compile(
    r" (?:nghìn|ngàn|triệu|tỷ|tỉ|lần|độ|điểm(?! [\da-zđ]\b)|tấn|tạ|yến|sào|mẫu|giờ)\b"
)
# "1.500.000 - 2 triệu" rises.
_SIZES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_WHOLE_AFTER = re.compile(
    r" (?:người|hộ|con|cây|trẻ|em|học sinh|suất|phiếu|lượt|cử tri|xe|nhà|ca|liều|mũi|khẩu|nhân khẩu"
    r"|đảng viên|hội viên|đoàn viên|đại biểu|cán bộ|hồ sơ|cuốn|bộ|chiếc|cái)\b"
)
# Behind these a point parts tenths: "hệ số 2.34", "trung bình 7.5".
_MEASURED_BEFORE = re.compile(
    r"(?<!\w)(?:hệ số(?: lương)?|tỷ lệ|tỉ lệ|chỉ số|độ pH|pH|trung bình|bình quân|điểm số|TB|ĐTB)"
    r"(?: là| đạt)?:?\s$"
)
_BEGUN = re.compile(rf"[\d{MASK}] (?:đến|tới) $")
_MISTYPED = re.compile(r"\d+\.\d{4,}")  # "25.0000" is no number anybody writes
_SCORE_BEFORE = re.compile(
    r"(?:tỷ số|tỉ số|thắng|thua|hòa|hoà|kết quả)(?: đội)?(?: [A-ZĐÀ-Ỹ]\w*){0,3}\W{0,3}$",
    re.IGNORECASE,
)
# "thắng 25-20, 19-25": the sets of one match.
_SET_BEFORE = re.compile(
    r"(?:tỷ số|tỉ số|thắng|thua|hòa|hoà|kết quả|hiệp|set|séc)\b[^.;\n]*?\d+\s?[-–]\s?\d+"
    r"(?:,| và|;)\s$",
    re.IGNORECASE,
)

_SETS_BEFORE = re.compile(r"\d[-–]\d \((?:\d{1,2}[-–]\d{1,2}[,;]? )*$")
_SETS_AFTER = re.compile(r" \(\d{1,2}[-–]\d{1,2}[,;] \d")


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Subtractions, chains ("16-16-8"), ranges, sections, single numbers, lists."""
    return (
        rule(rf"{_OPEN}({NUMBER})\s?[-–−]\s?({NUMBER})(?=\s?=)", _difference),
        rule(rf"{_OPEN}(?:{_ROW}){_CLOSE}", _chain),
        rule(rf"{_OPEN}({SIGNED}){DASH}({NUMBER}){_CLOSE}", _range),
        rule(rf"{_OPEN}\d+(?:\.\d+)+(?!\w)", _sections),
        rule(rf"{_OPEN}([1-9]\d{{0,2}},\d{{3}}){_CLOSE}", _doubtful),
        rule(rf"{_OPEN}({SIGNED}){_CLOSE}", lambda match: say_number(match[1])),
        rule(rf"{_OPEN}\d+(?:[.,]\d+)+(?!\w)", _list),
        rule(rf"{_OPEN}(\d+,\d+)(?=[^\W\d_])", lambda match: say_number(match[1])),
    )


def _difference(match: "re.Match[str]") -> Said:
    return f"{say_number(match[1])} trừ {say_number(match[2])}"


def _chain(match: "re.Match[str]") -> Said:
    """Three and more ("NPK 16-16-8") are said one after the other."""
    return ", ".join(map(say_number, re.findall(r"\d+(?:,\d+)?", match[0])))


def _range(match: "re.Match[str]") -> Said:
    """Rising numbers are a range, others are said one after the other: sure only of a score."""
    low, high = match.groups()
    left = before(match, 60)
    scored = _SCORE_BEFORE.search(left) or _SET_BEFORE.search(left) or _in_sets(match, left)
    size = _SIZES.get(after(match).strip(" ").split(" ")[0], 1)
    if value(low) < value(high) * size and not scored:
        said = f"{_one(low)} đến {_one(high)}"
        return Doubt(said) if _BEGUN.search(left) else said  # "ngày 5 đến 7-12"
    said = f"{_one(low)}, {_one(high)}"
    return said if scored else Doubt(said)


def _in_sets(match: "re.Match[str]", left: str) -> bool:
    """ "3-1 (25-21, 23-25, ...)"."""
    first = len(match[0]) == len("3-1") and _SETS_AFTER.match(after(match))
    return bool(first or _SETS_BEFORE.search(left))


def _one(written: str) -> str:
    """ "2.1" without a unit is the number of a section."""
    return _dotted(written) if re.fullmatch(r"\d+\.\d{1,2}", written) else say_number(written)


def _sections(match: "re.Match[str]") -> Said:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", match[0]):
        return None  # grouped thousands
    measured = _COUNTED_AFTER.match(after(match)) or _MEASURED_BEFORE.search(before(match))
    if re.fullmatch(r"\d+\.\d{1,2}", match[0]) and measured:
        return say_number(match[0])
    said = _dotted(match[0])
    return Doubt(said) if _MISTYPED.fullmatch(match[0]) else said


def _dotted(written: str) -> str:
    """A nought in front is said: "2.05" is not "2.5"."""
    return " chấm ".join(
        digit_by_digit(part) if part[0] == "0" else cardinal(int(part))
        for part in written.split(".")
    )


def _doubtful(match: "re.Match[str]") -> Said:
    """ "1,000 hộ" is hardly anything but an English thousand: reported."""
    if match[1].endswith("00") or _WHOLE_AFTER.match(after(match)):
        return Doubt(say_number(match[1].replace(",", ".")))
    return None


def _list(match: "re.Match[str]") -> Said:
    """ "1,2,5"; with points among the commas nobody knows what was meant."""
    said = ", ".join(map(say_number, re.split(r"[.,]", match[0])))
    return Doubt(said) if "." in match[0] else said
