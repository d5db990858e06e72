"""Roman numerals, by the word before them: quý I/2027, khóa XIV, chương II."""

import re

from tts.normalise.letters import spell
from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.rules import Doubt, Rule, Said, after, before, rule

_ROMAN = r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_IS_ROMAN = re.compile(_ROMAN).fullmatch
_HEADS = (
    r"quý|khóa|khoá|chương|mục|phần|đại hội|phụ lục|loại|khu vực|hạng|thế kỷ|thế kỉ|thứ|kỳ họp|kỳ|"
    r"bậc|giai đoạn|đợt|tập|vùng|cấp|nhóm|phiên|học kỳ|HK|quyển|bảng|mẫu|nhiệm kỳ|lần|tiểu mục|độ|"
    r"báo động|BĐ|GĐ|chỉ số|điều|khoản|vị trí|tuyến|tháng|vụ|lớp|khối|quân khu|quân đoàn|"
    r"quân chủng|trung đoàn|sư đoàn|tiểu đoàn|số|tầng|bước|"
    r"giải|khu|tiểu khu|đội|cụm|mức|nội dung|vấn đề|biểu|hội nghị|thời kỳ|đời|"
    r"thôn|xóm|ấp|tổ|khóm|khu phố|chi bộ|trạm"
)
# Groups of forest trees and endangered animals: IA, IIB (Nghị định 84/2021/NĐ-CP).
_BRANCH = (
    r"(?i:(?<!\w)(?:nhóm|hạng|loại|phụ lục|mục|phần|biểu)) (?P<it>(I{1,3}|IV)([A-Ca-c]))(?!\w)"
)
_JOIN = r"(?:\s?,\s?|\s?[-–]\s?|\s?/\s?| (?i:và|đến) )"
_JOINS = {".": "chấm", "/": "trên", "-": "đến", "–": "đến"}
# "thứ nhất", "thứ tư", "tháng tư".
_OWN_WORDS = {"thứ": {1: "nhất", 4: "tư"}, "tháng": {4: "tư"}}
# "14 VỤ VI PHẠM": in capitals a syllable looks like a numeral.
_WORDS = r"VI (?:PHẠM|RÚT|SINH|KHUẨN|BẰNG|TÍNH)(?!\w)"
# "tuyến X - Y", "gói thầu số XL-03": letters that stand for themselves.
_NO_NUMERAL = r"[IVXL]\s?[-–]\s?[A-HJKM-UWYZĐ](?!\w)|XL(?=-)|L(?!\w)|X(?= \d)"
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """One or several after their word, with a year perhaps; heads of a list; any that is long."""
    listed = rf"{_ROMAN}(?:{_JOIN}{_ROMAN}(?!\w))*(?:(?:\.\d{{1,2}})+(?!\w))?(?:[/-](?:19|20)\d\d)?"
    return (
        rule(rf"(?i:(?<!\w)(?:{_HEADS})) (?P<it>(?!{_WORDS}|{_NO_NUMERAL}){listed})(?!\w)", _say),
        rule(_BRANCH, _branch),
        rule(r"^[ \t]*[\"“«(]?(?P<it>([IVX]{1,5})\s?[/–-])(?=\s)", _head),
        rule(r"^[ \t]*[\"“«(]?(?P<it>([ivx]{1,5})/)(?=\s)", _head),
        rule(r"^[ \t]*(?P<it>([IVX]{1,5})(?:\.\d{1,2}){1,3}\.?)(?=\s|$)", _head),
        rule(rf"(?<![\w./-])({_ROMAN})\s?[-–]\s?({_ROMAN})(?![\w/-]|\.\d)", _from_to),
        rule(rf"(?<![\w./-])(?P<it>{_ROMAN})(?![\w/-]|\.\d)", _alone),
    )


def roman(numeral: str) -> int:
    """The value of a Roman numeral up to 89."""
    values = [_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def _branch(match: "re.Match[str]") -> Said:
    """ "nhóm IIA": a vowel stays a capital, as elsewhere (tts.normalise.codes)."""
    branch = match[3].upper()
    return f"{cardinal(roman(match[2]))} {branch if branch == 'A' else spell(branch)}"


def _head(match: "re.Match[str]") -> Said:
    """ "II/ Nội dung", "II.1. Nội dung"."""
    head = match[2].upper()
    if not re.fullmatch(_ROMAN, head):
        return None
    numbers = [roman(head), *map(int, re.findall(r"\d+", match["it"]))]
    return f"{' chấm '.join(map(cardinal, numbers))},"


def _from_to(match: "re.Match[str]") -> Said:
    """ "nhóm hàng I - III": two single letters may be anything."""
    low, high = match.groups()
    if len(low) + len(high) == 2 or roman(low) >= roman(high):
        return None
    return f"{cardinal(roman(low))} đến {cardinal(roman(high))}"


def _alone(match: "re.Match[str]") -> Said:
    """Two letters and more are a numeral, unless in capitals like their neighbours ("VI VĂN A")."""
    numeral = match["it"]
    beside = re.findall(r"\w+", before(match, 20))[-1:] + re.findall(r"\w+", after(match, 20))[:1]
    capitals = (word.isupper() and len(word) > 1 for word in beside if not _IS_ROMAN(word))
    if len(numeral) == 1 or numeral == "XL" or any(capitals):
        return None
    said = cardinal(roman(numeral))
    return Doubt(said) if set(numeral) == {"X"} or "L" in numeral else said


def _say(match: "re.Match[str]") -> Said:
    head = match[0][: match.start("it") - match.start()].lower().strip()
    own = _OWN_WORDS.get(head, {})
    found = re.findall(r"(?i:và|đến)|[IVXL]+|[/-](?:19|20)\d\d|/\d+|\d+|[,/]|[-–]|\.", match["it"])
    parts = (part.lower() if part in ("VÀ", "ĐẾN") else part for part in found)
    return " ".join(_part(part, own) for part in parts).replace(" ,", ",")


def _part(part: str, own: dict[int, str]) -> str:
    if part[0] in "/-" and part[1:].isdigit():
        return f"năm {cardinal(int(part[1:]))}"
    if part.isdigit():
        return cardinal(int(part))
    if part[0] not in _VALUES:
        return _JOINS.get(part, part)
    number = roman(part)
    return own.get(number, cardinal(number))
