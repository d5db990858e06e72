"""Numbers that say which one: thứ 4, quý 1/2027, điều 5 - điều 8, and lists such as thôn 1,2."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.quantity import DASH, say_number
from tts.normalise.rules import Rule, Said, before, fixed, rule
from tts.normalise.units import NO_MEASURE

_COUNTED = (
    r"thôn|xóm|bản|tổ|khu|điều|khoản|điểm|mục|chương|lớp|khối|số|ngày|tháng|quý|cụm|đội|tuần|câu|cấp|mức|nhóm|bậc|tầng"
    r"|năm|giờ|phút|mét|tuổi|đợt|vòng|bảng|phụ lục|mũi|báo động|loại|hạng|bàn|ca|vùng"
)
# Of these one has halves and tenths: "điểm 7,5", "mức 1,5 lần" are no lists.
_MEASURED = r"điểm|số|mức|giờ|phút|mét|tuổi|năm|ngày|tháng|tuần|cấp"
_LISTED = "|".join(word for word in _COUNTED.split("|") if word not in _MEASURED.split("|")) + (
    r"|ấp|khóm|buôn|làng|phum|sóc|phố|phường|quận|tiểu khu|khu phố|tổ dân phố|kíp|ngõ|hẻm|ngách"
    r"|tờ|thửa|phòng|trang|bước|bảng|cửa|bến"
)
# These name as often as they measure: "ca 1,2", "giai đoạn 1,2 và 3" count on, "loại 1,5" weighs.
_NUMBERED = r"ca|loại|hạng|mẫu|vụ|giai đoạn|đoàn|hố|trạm|trường|kỳ|lô|liều|năm|tháng|tuần|bài"
_SCHOOL = r"(?:trường|trường học|học sinh|THCS|THPT|tiểu học|liên) cấp"
_STEPS = r"bước|bàn|bài|trang|phòng|lô|thửa|ô|cột|cây|kỳ|ca|khóa|ấp|khối phố"
_LIST_END = rf"(?![\w,.]\d|\d|\s?%){NO_MEASURE}"
_RANKS = r"\d{1,2}(?:, \d{1,2})* và \d{1,2}|\d{1,2}(?:, \d{1,2}){2,}"
_SPAN = r"\d (?:tuổi|tháng|ngày|tuần|năm)(?: tuổi)?"


# "bán kết: Thôn 1 - Thôn 2": two that play.
_PLAYED_BEFORE = re.compile(
    r"(?<!\w)(?:trận|bảng [A-H]|thi đấu|bóng đá|bóng chuyền|kéo co|chung kết|bán kết|tứ kết"
    r"|vòng loại|tỷ số|kết quả)(?!\w)[^\n.]*$",
    re.IGNORECASE,
)


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Rank; part of a year; a range that repeats its word; an unspaced list; ages."""
    return (
        rule(rf"(?i:(?<=thứ ))(?P<it>{_RANKS})(?![\w/]|[.,]\d)", _ranks),
        rule(r"(?i:(?<=thứ ))(?P<it>(\d{1,2})\s?[-–—]\s?(\d{1,2}))(?![\w/-]|[.,]\d)", _from_to),
        rule(r"(?i:(?<=thứ ))(?P<it>\d{1,3})(?![\w/]|[.,]\d)", lambda match: _rank(match["it"])),
        rule(r"(?<=(?:uý|kỳ|ợt|ăm|Số|số) )(?P<it>(\d{1,2})/((?:19|20)\d\d))(?![\w/])", _of_a_year),
        rule(
            rf"(?i:(?<!\w)(?P<word>{_COUNTED}|{_STEPS}) (?P<low>\d+){DASH}(?P=word)"
            r" (?P<high>\d+)(?!\w))",
            _same_word,
        ),
        rule(rf"(?i:(?<!\w)(?:{_LISTED})) (?P<it>\d+(?:,\d+)+){_LIST_END}", _list),
        rule(rf"(?i:(?<!\w)(?:{_SCHOOL})) (?P<it>\d+(?:,\d+)+){_LIST_END}", _list),
        rule(
            rf"(?i:(?<!\w)(?<!phụ )(?<!trợ )(?:{_NUMBERED}|cấp)) (?P<it>(\d+),(\d+)(?: và \d+)?)"
            rf"{_LIST_END}",
            _neighbours,
        ),
        rule(
            rf"(?i:(?<!\w)(?:{_MEASURED}|{_NUMBERED})) (?P<it>\d+(?:,\d+){{2,}})(?![\w,.]\d)",
            _list,
        ),
        fixed(rf"{_SPAN}(?P<it>{DASH})(?=\d+ \w)", "đến"),
    )


def _ranks(match: "re.Match[str]") -> Said:
    """ "người thứ 2, 3 và 4": each with its "thứ"."""
    said = re.sub(r"\d+", lambda number: f"thứ {_rank(number[0])}", match["it"])
    return said.removeprefix("thứ ")


def _from_to(match: "re.Match[str]") -> Said:
    """ "tuần thứ 11 - 13"; weekdays are read before, and what falls is no range."""
    low, high = match[2], match[3]
    return f"{_rank(low)} đến thứ {_rank(high)}" if int(low) < int(high) else None


def _rank(written: str) -> str:
    """First and fourth have words of their own: "thứ nhất", "thứ tư"."""
    own = {1: "nhất", 4: "tư"}
    return own.get(int(written), cardinal(int(written)))


def _of_a_year(match: "re.Match[str]") -> Said:
    number, year = match["it"].split("/")
    return f"{cardinal(int(number))} năm {cardinal(int(year))}"


def _same_word(match: "re.Match[str]") -> Said:
    word, low, high = match["word"], match["low"], match["high"]
    if _PLAYED_BEFORE.search(before(match, 80)):
        return f"{word} {say_number(low)}, {word.lower()} {say_number(high)}"
    return f"{word} {say_number(low)} đến {word.lower()} {say_number(high)}"


def _list(match: "re.Match[str]") -> Said:
    said = re.sub(r"\d+", lambda number: say_number(number[0]), match["it"])
    return said.replace(",", ", ")


def _neighbours(match: "re.Match[str]") -> Said:
    """ "ca 1,2": numbers that follow one another, or that "và" leads on."""
    follows = int(match[3]) == int(match[2]) + 1 and match[3][0] != "0"
    return _list(match) if follows or " và " in match["it"] else None
