"""Roman numerals, by the word before them: quý I/2027, khóa XIV, chương II."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.rules import Rule, Said, rule

_ROMAN = r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_HEADS = (
    r"quý|khóa|khoá|chương|mục|phần|đại hội|phụ lục|loại|khu vực|hạng|thế kỷ|thứ|kỳ họp|kỳ|bậc|"
    r"giai đoạn|đợt|tập|vùng|cấp|nhóm|phiên|học kỳ|quyển|bảng|mẫu|nhiệm kỳ|lần|tiểu mục|độ|"
    r"báo động|chỉ số"
)
_JOIN = r"(?:\s?,\s?|\s?[-–]\s?|\s?/\s?| và | đến )"
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """One or several after their word, with a year perhaps."""
    listed = rf"{_ROMAN}(?:{_JOIN}{_ROMAN}(?!\w))*(?:(?:\.\d{{1,2}})+(?!\w))?(?:/(?:19|20)\d\d)?"
    return (rule(rf"(?i:(?<!\w)(?:{_HEADS})) (?P<it>{listed})(?!\w)", _say),)


def roman(numeral: str) -> int:
    """The value of a Roman numeral up to 89."""
    values = [_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def _say(match: "re.Match[str]") -> Said:
    head = match.string[: match.start("it")].lower()
    found = re.findall(r"[IVXL]+|/\d+|\d+|,|[-–]|và|đến|\.", match["it"])
    said = [_part(part, ranked=head.endswith("thứ ")) for part in found]
    return " ".join(said).replace(" ,", ",")


def _part(part: str, *, ranked: bool) -> str:
    if part[0] == "/" and part[1:].isdigit():
        return f"năm {cardinal(int(part[1:]))}"
    if part.isdigit():
        return cardinal(int(part))
    if part == ".":
        return "chấm"
    if part in "-–":
        return "đến"
    if part[0] not in _VALUES:
        return part
    number = roman(part)
    return {1: "nhất", 4: "tư"}.get(number, cardinal(number)) if ranked else cardinal(number)
