"""Sums of money, their ranges and rates: 25.000 đ/hộ/tháng, 60.000đ - 120.000đ, 1,2 tỷ đồng."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.quantity import DASH, MINUS, NUMBER, SIGNED, START, say_number
from tts.normalise.rates import PER, say_price_rate
from tts.normalise.rules import Doubt, Rule, Said, before, rule

_CURRENCIES = {
    "đ": "đồng", "₫": "đồng", "đồng": "đồng", "vnđ": "đồng", "vnd": "đồng", "đvn": "đồng",
    "usd": "đô la Mỹ", "$": "đô la", "us$": "đô la Mỹ", "€": "ơ rô", "eur": "ơ rô", "euro": "ơ rô",
    "£": "bảng Anh", "gbp": "bảng Anh", "¥": "yên", "jpy": "yên Nhật", "krw": "uôn Hàn Quốc",
    "cny": "nhân dân tệ", "ndt": "nhân dân tệ", "lak": "kíp Lào", "thb": "bạt Thái",
}  # fmt: skip  # a table, read across
_SIZES = {"tr": "triệu", "k": "nghìn", "K": "nghìn", "ngàn": "nghìn", "tỉ": "tỷ"}
_SIZE = r"(?:\s?(nghìn|ngàn|triệu|tỷ|tỉ|tr|k|K)\.?(?!\w(?<!đ)))?"
_NAME = r"đồng|[Vv][Nn][DdĐđ]|USD|EUR|[Ee]uro|EURO|GBP|JPY|KRW|CNY|NDT|LAK|THB|đ|₫|\$|€|£|¥"
# "1.000.000,-đ" closes an amount; a capital "Đ" is a currency only behind grouped thousands.
_CURRENCY = rf"(?:\s?(?:,-)?\s?({_NAME})(?!\w)|(?<=\.\d\d\d)\s?(Đ)(?!\w))"
_SPLIT = rf"({MINUS}\d{{1,3}})\s?tr\s?(\d{{1,3}})[kK]?(\s?(?:đồng|đ)(?!\w))?(?!\w)"
_NO_HUNDREDTHS = re.compile(r"(?<=\.\d{3}),00$")  # "50.000,00 đồng"
_MILLIONS = r"\d{1,3}\s?tr\s?\d{0,3}"
_THOUSANDS_SPLIT = rf"({MINUS}\d{{1,3}})([kK])(\d)(?!\w)"
# "Giá nước (đ/m³)", "Thành tiền (đ)": the head of a column of amounts.
_PRICED = r"(?i:(?<!\w)(?:giá|tiền|phí|lương|thu|chi|mức|vốn|nợ)(?!\w)[^()\n]{0,30}\()"
_OF_A_PRICE = rf"{_PRICED}(?P<it>[đĐ](?P<rate>{PER}*))(?=\))"
_A_PRICE = rf"(?i:(?<!\w)(?:giá|phí) )(?P<it>[đĐ](?P<rate>{PER}+))(?!\w)"
# "Điểm chuẩn NV1: 32,75đ" are points, and "đạt 27,5đ": nobody pays tenths of a đồng.
_MARKED = re.compile(
    r"(?<!\w)(?:điểm|thi đua|chấm|NV\s?\d|thí sinh|trúng tuyển|xếp loại|môn|bài thi)"
    r"(?!\w)[^.\n]{0,50}$",
    re.IGNORECASE,
)
# "mô hình 3K", "thông điệp 5K": so many words that begin with K.
_SLOGAN_BEFORE = re.compile(
    r"(?i:mô hình|thông điệp|quy tắc|nguyên tắc|chiến lược|màn hình|biện pháp|công thức) $"
    r"|[“\"'‘«]$"
)
_POINTS = re.compile(r"\d{1,2}(?:,\d{1,2})?|\d{3}")
_BEFORE = r"(US\$|\$|€|£|¥|USD|VN[DĐ]|EUR)"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Ranges first; some signs stand in front."""
    number = f"({NUMBER})"
    signed = f"({SIGNED})"
    low = rf"{signed}{_SIZE}(?:\s?({_NAME})(?!\w))?"
    short = r"\s?(k|K|tr)(?!\w)"
    return (
        rule(rf"{START}{low}{DASH}{signed}{_SIZE}{_CURRENCY}({PER}*)", _range),
        rule(rf"{START}({_MILLIONS}){DASH}({_MILLIONS})(?!\w)({PER}*)", _split_range),
        rule(rf"{START}{_SPLIT}({PER}*)", _split),
        rule(rf"{START}{_THOUSANDS_SPLIT}({PER}*)", _split_thousands),
        rule(rf"{START}({NUMBER})đ\s?/\s?({NUMBER})đ(?!\w)", _of_all),
        rule(rf"{START}({NUMBER})\s?/\s?(\d{{2,3}})\s?đ(?!\w)", _of_points),
        rule(rf"{START}{signed}{_SIZE}{_CURRENCY}({PER}*)", _single),
        rule(rf"{START}{signed}(?:\s?(k|K|tr))?{DASH}{number}{short}({PER}*)", _short_range),
        rule(rf"{START}{signed}{short}({PER}*)", _short),
        rule(_OF_A_PRICE, _price),
        rule(_A_PRICE, _price),
        rule(rf"(?<![\w$]){_BEFORE}\s?{number}{_SIZE}({PER}*)", _in_front),
    )


def _range(match: "re.Match[str]") -> Said:
    low, low_size, low_name, high, size, name, capital, rate = match.groups()
    currency = _CURRENCIES[(name or capital).lower()]
    first = _amount(low, low_size, size)
    # "60.000đ - 120.000đ" names its currency twice, "60.000 - 120.000đ" once.
    first = f"{first} {_CURRENCIES[low_name.lower()]}" if low_name else first
    said = f"{first} đến {_amount(high, size)} {currency}{say_price_rate(rate)}"
    return Doubt(said) if _perhaps_grouped(low) or _perhaps_grouped(high) else said


def _price(match: "re.Match[str]") -> Said:
    return f"đồng{say_price_rate(match['rate'])}"


def _single(match: "re.Match[str]") -> Said:
    number, size, name, capital, rate = match.groups()
    if name == "đ" and not (size or rate) and _POINTS.fullmatch(number):
        if _MARKED.search(before(match, 60)):
            return f"{say_number(number)} điểm"
        if "," in number:
            return Doubt(f"{say_number(number)} đồng")
    said = f"{_amount(number, size)} {_CURRENCIES[(name or capital).lower()]}{say_price_rate(rate)}"
    return Doubt(said) if _perhaps_grouped(number) else said


def _of_all(match: "re.Match[str]") -> Said:
    """ "56.780.000đ/65.000.000đ": so much out of so much."""
    return f"{say_number(match[1])} đồng trên {say_number(match[2])} đồng"


def _of_points(match: "re.Match[str]") -> Said:
    """ "đạt 15/20 đ"."""
    said = f"{say_number(match[1])} trên {say_number(match[2])}"
    return f"{said} điểm" if _MARKED.search(before(match, 60)) else Doubt(f"{said} điểm")


def _perhaps_grouped(number: str) -> bool:
    """ "10,000đ" has no thousandths, but a person must say that it is ten thousand."""
    return bool(re.fullmatch(r"[-−–]?\d{1,3},\d{3}", number))


def _split(match: "re.Match[str]") -> Said:
    """ "1tr2" and "1tr200" are the same; "1tr20" may be 1.20 or 1.020 million."""
    millions, rest, name, rate = match.groups()
    said = f"{say_number(millions)} triệu {say_number(str(_thousands(rest)))} nghìn"
    said += f"{' đồng' if name else ''}{say_price_rate(rate)}"
    return Doubt(said) if len(rest) == 2 or rest[0] == "0" else said


def _split_range(match: "re.Match[str]") -> Said:
    """ "1tr2 - 1tr5", "1tr - 1tr5"."""
    ends = [re.findall(r"\d+", end) for end in match.groups()[:2]]
    if not any(len(end) > 1 for end in ends):
        return None
    said = [
        f"{say_number(end[0])} triệu"
        + (f" {say_number(str(_thousands(end[1])))} nghìn" if len(end) > 1 else "")
        for end in ends
    ]
    sure = all(len(end) == 1 or len(end[1]) in (1, 3) for end in ends)
    spoken = f"{' đến '.join(said)}{say_price_rate(match[3])}"
    return spoken if sure else Doubt(spoken)


def _thousands(rest: str) -> int:
    return int(rest) * 100 if len(rest) == 1 else int(rest)


def _split_thousands(match: "re.Match[str]") -> Said:
    """ "2k5"; "2K5" may name a thing."""
    thousands, mark, hundreds, rate = match.groups()
    said = f"{say_number(thousands)} nghìn {say_number(hundreds)} trăm{say_price_rate(rate)}"
    return said if mark == "k" else Doubt(said)


def _short_range(match: "re.Match[str]") -> Said:
    low, low_size, high, size, rate = match.groups()
    return f"{_amount(low, low_size)} đến {_amount(high, size)}{say_price_rate(rate)}"


def _short(match: "re.Match[str]") -> Said:
    number, size, rate = match.groups()
    if size == "K" and len(number) == 1 and _SLOGAN_BEFORE.search(before(match)):
        return f"{say_number(number)} ca"
    return f"{_amount(number, size)}{say_price_rate(rate)}"


def _in_front(match: "re.Match[str]") -> Said:
    """ "$100", "USD 1.5 triệu"."""
    name, number, size, rate = match.groups()
    said = f"{_amount(number, size)} {_CURRENCIES[name.lower()]}{say_price_rate(rate)}"
    return Doubt(said) if _perhaps_grouped(number) else said


def _amount(number: str, size: str | None, later: str | None = None) -> str:
    """ "2,350 triệu" has thousandths; "10,000" and nothing behind has none."""
    number = _NO_HUNDREDTHS.sub("", number)
    if size:
        return f"{say_number(number)} {_SIZES.get(size, size)}"
    grouped = not later and _perhaps_grouped(number) and number.lstrip("-−–")[0] != "0"
    return say_number(number.replace(",", ".") if grouped else number)
