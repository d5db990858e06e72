"""Parts of a whole and one number over another: 2/3 số hộ, 18/240 trẻ, 1:20."""

import re

from tts.normalise.day_cues import before_the_list, is_counted
from tts.normalise.lexicon import Lexicon
from tts.normalise.part_signs import part
from tts.normalise.quantity import DASH, NUMBER, START, say_number, value
from tts.normalise.rules import Doubt, Rule, Said, after, before, rule, rule_in_source

# Small fractions are parts ("hai phần ba"); a count out of a total is "trên".
_LARGEST_PART = 10
# Nobody parts villages by seven: "3/7 thôn" is three of seven.
_ODD_PARTS = range(6, 10)
# "3/5 thôn" are villages; "ít nhất 2/3 xã" is a share.
_PLACE_AFTER = re.compile(
    r"\s*(?:thôn|xóm|bản|ấp|khu phố|khu dân cư|tổ|xã|phường|chi bộ|trường|lớp|chỉ tiêu|tiêu chí"
    r"|nhiệm vụ|nội dung|mục tiêu|vụ|vụ việc|đơn|hồ sơ)(?!\w)",
    re.IGNORECASE,
)
_SHARE_BEFORE = re.compile(r"(?i:ít nhất|tối thiểu|quá|trên|hơn|từ|phải có|khoảng|đủ)\s*$")
_COUNTED_AFTER = re.compile(
    r"\s*(?:thôn|xóm|bản|ấp|khu|tổ|xã|phường|chi bộ|đơn vị|trường|lớp|người|hộ"
    r"|đồng chí|đại biểu|em|thành viên|ủy viên)\b",
    re.IGNORECASE,
)
# One place of so many: "bậc 3/7" is no part.
_RANK_BEFORE = re.compile(
    r"(?<!\w)(?:bậc|thợ|thương binh|bệnh binh|TB|BB|hạng|xếp|đứng|thứ|cấp|điểm|thị lực|số|"
    r"tổ|tờ|lô|thửa|lớp|trình độ|học vấn|văn hóa|văn hoá|phổ thông|học hết|ngõ|ngách|hẻm|kiệt|"
    r"vòng|lượt|(?<!mỗi )lần|mũi|liều|trang|câu|bài|tiết|tập)\s*$",
    re.IGNORECASE,
)
_INVALID_BEFORE = re.compile(r"(?<!\w)(?:TB|BB)(?: hạng)? $")  # an invalid's, by its short name
# A part is a part of something; what is followed by none of this may be a day.
_NO_WORD_AFTER = re.compile(r"\s*(?:$|[^\w\s]|(?:và|đến|tại|âm|dương|hằng|hàng|này|tới|là)\b)")


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Whatever the dates did not want."""
    of_two = r"\d{1,2}/\d{1,2}"
    return (
        rule(r"(?<![\w.,/])(\d{1,2}) ([1-3])/([2-5])(?![\w/])", _mixed),
        rule(rf"{START}({of_two}){DASH}({of_two})(?![\w/]|[.,]\d)", _range),
        rule_in_source(rf"{START}({NUMBER})\s?/\s?({NUMBER})(?![\w/])", _say),
        rule(rf"{START}(?<!:)({NUMBER}):({NUMBER})(?![\w/:])", _ratio),
    )


def _mixed(match: "re.Match[str]") -> Said:
    """ "2 1/2 sào"; behind a name ("thôn 2 1/2 số hộ") it would be two things."""
    whole, upper, lower = match.groups()
    if int(upper) >= int(lower):
        return None
    said = f"{say_number(whole)} và {part(upper, lower)}"
    return said if re.match(r" \w", after(match)) else Doubt(said)


def _range(match: "re.Match[str]") -> Said:
    """ "1/2 - 2/3 diện tích"."""
    ends = [tuple(end.split("/")) for end in match.groups()]
    if not all(int(upper) < int(lower) <= _LARGEST_PART for upper, lower in ends):
        return None
    said = " đến ".join(part(upper, lower) for upper, lower in ends)
    return Doubt(said) if _NO_WORD_AFTER.match(after(match)) else said


def _say(match: "re.Match[str]", source: str) -> Said:
    upper, lower = match.groups()
    ranked = (
        _INVALID_BEFORE.search(source[: match.start()])
        or _RANK_BEFORE.search(before_the_list(before(match)))
        or _counts(match)
    )
    if value(upper) < value(lower) <= _LARGEST_PART and "," not in match[0] and not ranked:
        said = part(upper, lower)
        unsaid = _NO_WORD_AFTER.match(after(match)) and not is_counted(match[0], before(match))
        return Doubt(said) if unsaid else said  # it may be a day
    said = f"{say_number(upper)} trên {say_number(lower)}"
    alone = _NO_WORD_AFTER.match(after(match)) and not is_counted(match[0], before(match))
    return Doubt(said) if upper == lower and len(upper) < 3 and int(upper) <= 12 and alone else said


def _counts(match: "re.Match[str]") -> bool:
    if value(match[2]) > 2 and _PLACE_AFTER.match(after(match)):
        return not _SHARE_BEFORE.search(before(match))
    return value(match[2]) in _ODD_PARTS and bool(_COUNTED_AFTER.match(after(match)))


def _ratio(match: "re.Match[str]") -> Said:
    return f"{say_number(match[1])} trên {say_number(match[2])}"
