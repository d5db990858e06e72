"""Numbers that name a thing rather than count it: identity cards, accounts, number plates."""

import re

from tts.normalise.letters import spell
from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import digit_by_digit
from tts.normalise.rules import MASK, Rule, Said, after, rule

# 29A-123.45, 24B1-123.45 (Thông tư 79/2024/TT-BCA).
_PLATE = r"(?<!\w)(\d{2}[A-ZĐ]{1,2}\d?)\s?-\s?(\d{3}\.?\d{2}|\d{4})(?!\w|\.\d)"
# With a gap instead of the dash the dot must tell: 24-F1 123.45.
_PLATE_APART = r"(?<!\w)(\d{2}[- ]?[A-ZĐ]{1,2}\d?) (\d{3}\.\d{2})(?!\w|\.\d)"
# Behind its label anything may stand between, or nothing.
_VEHICLE = r"(?:xe|ô tô)(?: (?:ô tô|máy|tải|khách|con|bán tải|mô tô|đầu kéo|ben|bồn|điện))?"
_PLATE_LABELLED = (
    rf"(?i:(?<!\w)(?:biển (?:kiểm soát|số)(?: xe)?|BKS|biển đăng ký|số xe|mang biển"
    rf"|{_VEHICLE})(?: số)?):? "
    r"(?P<it>(\d{2}[- .]?[A-ZĐ]{1,2}\d??)[ .-]{0,3}(\d{3}\.?\d{2}|\d{4}))(?!\w|[.,]\d)"
)
_ANOTHER = (
    rf"{MASK}(?:,| và| với| hoặc) "
    r"(?P<it>([1-9]\d[A-ZĐ]{1,2}\d??)[ -](\d{3}\.?\d{2}|\d{4}))(?!\w|[.,]\d)"
)
# Written in groups, it is known by what stands before it.
_LABELLED = (
    r"(?i:(?<!\w)(?:CCCD|CMND|CMTND|số định danh(?: cá nhân)?|mã định danh|căn cước(?: công dân)?"
    r"|tài khoản|STK|TK|MST|hộ chiếu|mã(?: số| phiếu| vé| thẻ| dự thưởng| máy| hàng| hồ sơ| sổ"
    r"| bảo hành)?(?: (?:thuế|hộ(?: nghèo| cận nghèo)?))?"
    r"|số (?:máy|khung|sê-?\s?ri|seri|hiệu|sổ|thẻ|vé|biên lai|hóa đơn|phiếu)(?: (?:máy|công chức))?"
    r"|sổ (?:hộ khẩu|tiết kiệm|bảo hiểm(?: xã hội)?)|S/?N(?= \d{3,}(?:-\d+){2}))"
    r"(?: (?:cũ|mới|gốc|này))?(?: (?:ủng hộ|nhận(?: tiền| hỗ trợ| ủng hộ)?|thụ hưởng|tiền gửi"
    r"|ngân hàng|giao dịch|thu học phí|đóng góp|(?:chuyển|nộp) tiền))?"
    r"(?: số)?(?: là)?:?(?: [A-Z]{2}(?= \d{4} ))?)"
    r" (?P<it>\d{2,}(?:[ .\-]\d+)+)(?!\w|[.\-/]\w)"
)
# A health insurance card: whose, of which right, of which province (Quyết định 1351/QĐ-BHXH).
_INSURED = (
    r"(?<![\w.-])(?!TK)([A-Z]{2}) ?(\d) ?(\d{2}) ?"
    r"(\d{10}|\d{2,4}(?: \d{2,4}){2,4})(?![\w/]|[.,]\d)"
)
# A fishing boat by its province and number (Thông tư 23/2018/TT-BNNPTNT): KG-90145-TS.
_BOAT = r"(?<![\w.-])([A-ZĐ]{1,2}[A-ZĐg]?)[- ](\d{4,5})[- ]?TS(?![\w-])"
# So is one that begins with a nought: no amount does.
_NOUGHT = (
    r"(?<![\w.,/])(?P<it>0\d{2,3}(?:[ .\-]\d{3,4}){2,4}|0\d{2}(?: \d{1,4}){2,4}"
    r"|(?<!\d[ \-])0\d{2,}(?:[ \-]\d{3,}){1,4})(?!\w|[.,/]\d)"
)
# What is typed in, whatever its length.
_TYPED = (
    r"(?i:(?<!\w)(?:mật khẩu|pass(?:word)?"
    r"|mã (?:pin|otp|xác nhận|xác thực|tra cứu|khách hàng|hồ sơ|đơn|vạch|số"
    r"|giao dịch|phiếu)(?: (?:dùng|sử dụng) (?:nước|điện))?)(?: (?:là|số|wi-?fi))?:?)"
    r" (?P<it>\d{3,}(?: \d{3,})*)(?![\w/]|[.,]\d| ?(?:đồng|đ|VNĐ)\b)"
)
# "mã số BHXH 7915 038 214": no amount is written in such groups.
_CODE_OF = (
    r"(?i:(?<!\w)(?:mã|số thẻ|số hợp đồng))(?: (?!năm(?!\w))[^\W\d]+){0,4}:? "
    r"(?P<it>\d{2,}(?: \d{2,}){1,4})(?!\w|[.,/]\d)"
)
# Without a gap or a dot, but named: "số công tơ 19384502", "số khung kết thúc bằng 4471".
_NAMED = (
    r"(?i:(?<!\w)(?:số (?:công tơ|khung|máy|sê-?\s?ri|seri|đồng hồ|phát hành)"
    r"|(?:kết thúc|tận cùng|có đuôi|đuôi số|số cuối)(?= (?:là|bằng)))(?: (?:kết thúc|tận cùng))?"
    r"(?: (?:là|bằng))?:?) (?P<it>\d{2,}(?: \d{3,})*)(?![\w/]|[.,]\d)"
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?: \d{3})+")
_COUNTED = re.compile(r"\s?(?:thẻ|vé|phiếu|hóa đơn|hoá đơn|đồng|đ|VNĐ|hộ|người|tờ|chiếc)(?!\w)")
# Nine digits and more without a gap: no notice counts that high without dots.
_LONG = r"(?<![\w.,/])\d{9,}(?![\w/]|[.,]\d)(?!\s?(?:đ|đồng|VNĐ|VND|₫)\b)"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Digit by digit."""
    return (
        rule(_PLATE, _plate),
        rule(_PLATE_APART, _plate),
        rule(_PLATE_LABELLED, lambda match: f"{spell(match[2])}, {digit_by_digit(match[3])}"),
        rule(_ANOTHER, lambda match: f"{spell(match[2])}, {digit_by_digit(match[3])}"),
        rule(_INSURED, _insured),
        rule(_BOAT, _boat),
        rule(_LABELLED, _labelled),
        rule(_NAMED, lambda match: digit_by_digit(match["it"])),
        rule(_CODE_OF, _labelled),
        rule(_NOUGHT, _grouped),
        rule(_TYPED, _grouped),
        rule(_LONG, _long),
    )


def _plate(match: "re.Match[str]") -> Said:
    return f"{spell(match[1])}, {digit_by_digit(match[2])}"


def _boat(match: "re.Match[str]") -> Said:
    return f"{spell(match[1].upper())}, {digit_by_digit(match[2])}, {spell('TS')}"


def _insured(match: "re.Match[str]") -> Said:
    groups = [match[2], match[3], *match[4].split()]
    return f"{spell(match[1])} {', '.join(map(digit_by_digit, groups))}"


def _labelled(match: "re.Match[str]") -> Said:
    """ "số thẻ 15 000 thẻ" counts."""
    counts = _THOUSANDS.fullmatch(match["it"]) and _COUNTED.match(after(match))
    return None if counts else _grouped(match)


def _grouped(match: "re.Match[str]") -> Said:
    return ", ".join(map(digit_by_digit, re.findall(r"\d+", match["it"])))


def _long(match: "re.Match[str]") -> Said:
    digits = match[0]
    return ", ".join(digit_by_digit(digits[at : at + 3]) for at in range(0, len(digits), 3))
