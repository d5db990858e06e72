"""Numbers with a unit, a percentage or a rate: 0,4 kV, 103-117 km/h, 37,5°C, 92,5%."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal, digit_by_digit
from tts.normalise.quantity import DASH, NUMBER, SIGNED, START, say_number, value
from tts.normalise.rates import PER, say_rate
from tts.normalise.rules import MASK, Doubt, Rule, Said, after, before, fixed, rule
from tts.normalise.units import UNITS

_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
_END = r"(?![\w²³°])"
# "lớp 5A", "nhà 3 A": letters that name a thing.
_NAMED = re.compile(
    r"(?:cấp|loại|hạng|bậc|lớp|tổ|nhà|khu|số|điều|khối|tầng|phòng|cụm|lô|tòa|ghế|toa|buýt|giường|bàn|cổng|cửa"
    r"|tuyến|dãy|kp|tdp|thôn|xóm|bản|ấp|khóm|phố|tk|tiểu khu|ngõ|ngách|hẻm|block|chung cư|đường"
    r"|thửa|tờ|đội|nhóm|mã|ký hiệu|vitamin|sinh tố|biển)\s*$",
    re.IGNORECASE,
)
_LARGEST_PART = 10
_ROUND = re.compile(r"[1-9]\d{0,2},\d00")
# Units that are no word or name either: "mỗi m2", "tính theo kWh".
_BARE = "|".join(
    re.escape(unit)
    for unit in sorted(UNITS, key=len, reverse=True)
    if re.fullmatch(r"[kcm]?m[23²³]|[kcm]m|[kmµμ]g|kgf|m?mol|ml|k[WV]h?|kVA|MW", unit)
)
# Of these one has tenths, and seldom a list.
_AMOUNT = (
    r"(?:công suất|lưu lượng|diện tích|dung tích|khối lượng|trọng lượng|lượng mưa|nhiệt độ"
    r"|đường kính|bán kính|cự ly|lãi suất|tỷ lệ|tỉ lệ|độ ẩm|độ mặn|dài|rộng|cao|sâu|dày|nặng)"
    r"(?: (?:là|đạt|trên|dưới|khoảng|gần|hơn))?"
)
_IN_WORDS = r" (?:(?:ki lô |xăng ti |mi li )?mét|tấn|tạ|lít|độ)\b"
_TENTHS_OF = rf"(?:\s?({_UNIT}){_END}|(?={_IN_WORDS}))"
_TERM_BEFORE = re.compile(
    r"(?:kỳ hạn|kì hạn|thời hạn|lãi suất|tiết kiệm)(?: KH)?(?: từ)?\W*$"
    r"|(?:kỳ hạn|tiết kiệm)\b[^.\n]{0,35}[;,] $",
    re.IGNORECASE,
)
_MONTHS_AFTER = re.compile(r" (?:đầu năm|cuối năm|liên tục|tuổi|/năm)(?!\w)")
_AGED_BEFORE = re.compile(
    r"(?<!\w)(?:nam|nữ|tuổi|người|người già|cụ|ông|bà)(?: từ| trên| dưới)?(?: đủ)?\W{0,3}$"
    r"|(?<!\w)(?:công dân|thanh niên|học viên)\b[^.;\n\d]{0,15}$|\d-\d\dt[^.;\n\d]{0,20}$"
    r"|(?:thọ|người cao tuổi|NCT)\b[^.\n]{0,40}$|(?:ông|bà|anh|chị|em|cháu) [^.;\n\d]{4,30}, $",
    re.IGNORECASE,
)
_OF_AGE_BEFORE = re.compile(
    r"(?<!\w)(?:đủ|tròn|tuổi|công dân|thanh niên|học viên|nam|nữ|trẻ|trẻ em|cháu)\b[^.;\n\d]{0,15}$"
    r"|(?:thọ|người cao tuổi|NCT)\b[^.\n]{0,40}$|\d{2}\s?T đến(?: hết)? $",
    re.IGNORECASE,
)
# "14A" is a house or a class unless one speaks of electricity.
_ELECTRIC = re.compile(
    r"aptomat|áp tô mát|cầu (?:chì|dao)|dòng|điện|ổn áp|ắc quy|sạc|công tơ|CB|\dV|\dW|kV",
    re.IGNORECASE,
)
_PULSE_BEFORE = re.compile(r"(?i:mạch|nhịp tim|nhịp thở|thở|tim)\W*$")
_LORRY_BEFORE = re.compile(
    r"(?:xe|tải|tải trọng|trọng lượng|cầu|cẩu|máy)\W*(?:\w+ )?$", re.IGNORECASE
)


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Ranges ("5m - 10m"), products ("3 x 4 m"), pairs ("110/22kV"), single measures."""
    number, unit = f"({SIGNED})", rf"\s?({_UNIT}){_END}"
    maybe = rf"(?:\s?({_UNIT}))?"
    mixed = r"\d{1,3}(?:m(?![23](?!\d))|kg)\d{0,2}"
    factor = rf"{NUMBER}(?:\s?(?:{_UNIT}))?\s?[x×]\s?"
    return (
        fixed(rf"(?<!\w)(?P<it>DT)(?=:? {NUMBER}\s?(?:m[2²]|ha|km[2²])(?!\w))", "diện tích"),
        rule(rf"[ØΦφ⌀]\s?({NUMBER}){DASH}[ØΦφ⌀]?\s?({NUMBER})(?:{unit}|(?!\w))", _bores),
        rule(rf"[ØΦφ⌀]\s?({NUMBER})(?:{unit})?", _bore),
        rule(rf"{START}{NUMBER}\s?%(?:\s?[-–—]\s?{NUMBER}\s?%){{2,}}", _shares),
        rule(rf"{START}({NUMBER}(?:\s?[-–—]\s?{NUMBER}){{2,4}}){unit}({PER}*)", _steps),
        rule(rf"(?i:(?<!\w)(?:{_AMOUNT}),?) (?P<it>(\d+), (\d{{1,2}}){_TENTHS_OF})", _slipped),
        rule(rf"{START}({NUMBER}(?:{DASH}{NUMBER})?)\s?l/p(?:h|hút)?(?!\w)", _pulse),
        rule(rf"{START}({NUMBER})m{DASH}(\d)m(\d)(?![\w²³])", _heights),
        rule(rf"{START}{number}{maybe}{DASH}{number}{unit}({PER}*)", _range),
        rule(
            rf"{START}({mixed}){DASH}({mixed})(?![\w²³])",
            lambda match: " đến ".join(map(_mixed, match.groups())),
        ),
        rule(rf"{START}((?:{factor}){{1,2}})({NUMBER}){unit}({PER}*)", _product),
        rule(rf"{START}({NUMBER}(?:\s?[x×]\s?\d+)?)\s?[x×]\s?(\d+,\d+)(?!\w)", _plain_product),
        rule(rf"{START}({NUMBER}(?:/{NUMBER}){{2}}){unit}", _triple),
        rule(rf"{START}({NUMBER})\s?/\s?({NUMBER}){unit}({PER}*)", _pair),
        # as a program takes it out of a PDF
        rule(rf"{START}({NUMBER}) o C(?!\w)", lambda match: f"{say_number(match[1])} độ xê"),
        rule(rf"{START}({NUMBER})\s?(k?m) ([23])(?=\s*(?:[.;,)]|$))", _raised),
        rule(rf"{START}{number}{unit}({PER}*)", _single),
        rule(rf"{START}(\d{{1,3}})(m|km|kg|ha)(\d{{1,2}})(?![\w²³])", _split),
        rule(rf"{START}(\d{{2}})o(\d)(?!\w)", _fever),
        rule(rf"{START}({NUMBER})(?:\s?T?{DASH}({NUMBER}))?\s?T(?!\w)", _tonnes),
        rule(rf"{START}({NUMBER})(?:t?{DASH}({NUMBER}))?t(?!\w)", _small_t),
        rule(rf"(?<![\w./-])(W)({PER})(?![\w²³/-])", _unnumbered),
        rule(rf"(?<![\w./-])({_BARE})({PER}*)(?![\w²³/-])", _unnumbered),
        fixed(rf"\d [a-zà-ỹđ]+ (?P<it>[x×])(?= ?[\d{MASK}])", "nhân"),
    )


def _raised(match: "re.Match[str]") -> Said:
    """ "4.000m 2": square metres, or two metres and something."""
    return Doubt(f"{say_number(match[1])} {UNITS[match[2] + match[3]]}")


def _shares(match: "re.Match[str]") -> Said:
    """ "80% - 95% - 100%" are three steps and no range."""
    return ", ".join(f"{say_number(n)} phần trăm" for n in re.findall(NUMBER, match[0]))


def _steps(match: "re.Match[str]") -> Said:
    """ "50 - 70 - 100%": as many facts, and no range."""
    *first, last = map(say_number, re.findall(NUMBER, match[1]))
    return f"{', '.join(first)} và {last} {UNITS[match[2]]}{say_rate(match[3])}"


def _slipped(match: "re.Match[str]") -> Said:
    """ "công suất 12, 5 mét khối": a gap too much, or two numbers."""
    unit = f" {UNITS[match[4]]}" if match[4] else ""
    return Doubt(say_number(f"{match[2]},{match[3]}") + unit)


def _range(match: "re.Match[str]") -> Said:
    """The unit is said once. "500g - 1kg" is one range; "380V - 50Hz" are two facts."""
    low, low_unit, high, unit, rate = match.groups()
    end = f"{say_number(high)} {UNITS[unit]}{say_rate(rate)}"
    if not low_unit or UNITS[low_unit] == UNITS[unit]:
        return f"{say_number(low)} đến {end}"
    start = f"{say_number(low)} {UNITS[low_unit]}"
    alike = UNITS[low_unit].split()[-1] == UNITS[unit].split()[-1]
    return f"{start} đến {end}" if alike else f"{start}, {end}"


def _heights(match: "re.Match[str]") -> Said:
    """ "trẻ em 1m-1m3" are one metre and thirty: nobody compares a length with a volume."""
    low, whole, tenths = match.groups()
    return f"{say_number(low)} mét đến {say_number(whole)} mét {say_number(tenths)}"


def _product(match: "re.Match[str]") -> Said:
    factors, last, unit, rate = match.groups()
    said = " nhân ".join(map(_factor, re.split(r"\s?[x×]\s?", factors)[:-1]))
    return f"{said} nhân {say_number(last)} {UNITS[unit]}{say_rate(rate)}"


def _factor(written: str) -> str:
    number = re.match(NUMBER, written)
    if number is None:
        return ""
    unit = written[number.end() :].strip()
    return f"{say_number(number[0])} {UNITS[unit]}" if unit else say_number(number[0])


def _pair(match: "re.Match[str]") -> Said:
    """A part of a unit ("1/2 km") or two values of one thing ("140/90 mmHg")."""
    upper, lower, unit, rate = match.groups()
    if "," not in match[0] and value(upper) < value(lower) <= _LARGEST_PART:
        said = f"{say_number(upper)} phần {'tư' if lower == '4' else say_number(lower)}"
    else:
        said = f"{say_number(upper)} trên {say_number(lower)}"
    return f"{said} {UNITS[unit]}{say_rate(rate)}"


def _triple(match: "re.Match[str]") -> Said:
    """ "máy biến áp 110/35/22kV"."""
    return f"{' trên '.join(map(say_number, match[1].split('/')))} {UNITS[match[2]]}"


def _single(match: "re.Match[str]") -> Said:
    number, unit, rate = match.groups()
    if len(unit) == 1 and unit.isupper() and _NAMED.search(before(match)):
        return None
    if unit == "A" and not _ELECTRIC.search(f"{before(match, 60)}\n{after(match)}"):
        return None
    said = f"{say_number(number)} {UNITS[unit]}{say_rate(rate)}"
    # "3,500 m2" is three and a half or, on an English keyboard, thousands.
    return Doubt(said) if _ROUND.fullmatch(number) else said


def _split(match: "re.Match[str]") -> Said:
    """ "1m65" is one metre and sixty-five hundredths, said as people say it."""
    whole, unit, rest = match.groups()
    decimals = digit_by_digit(rest) if rest[0] == "0" else cardinal(int(rest))
    return f"{say_number(whole)} {UNITS[unit]} {decimals}"


def _mixed(written: str) -> str:
    """An end of "1m50 - 1m60"."""
    whole, unit, rest = re.split(r"(m|kg)", written)
    said = f"{say_number(whole)} {UNITS[unit]}"
    if not rest:
        return said
    return f"{said} {digit_by_digit(rest) if rest[0] == '0' else cardinal(int(rest))}"


def _fever(match: "re.Match[str]") -> Said:
    """ "36o8"."""
    return f"{say_number(match[1])} độ {say_number(match[2])}"


def _unnumbered(match: "re.Match[str]") -> Said:
    return f"{UNITS[match[1]]}{say_rate(match[2])}"


def _tonnes(match: "re.Match[str]") -> Said:
    """ "xe 3,5T", "kỳ hạn 12T"; without a lorry or a term the letter may be anything."""
    said = " đến ".join(map(say_number, filter(None, match.groups())))
    if _TERM_BEFORE.search(before(match)) or _MONTHS_AFTER.match(after(match)):
        return f"{said} tháng"
    if match[1].isdigit() and _OF_AGE_BEFORE.search(before(match)):
        return f"{said} tuổi"
    if _NAMED.search(before(match)):
        return None
    said = f"{said} tấn"
    return said if _LORRY_BEFORE.search(before(match)) or "," in match[1] else Doubt(said)


def _small_t(match: "re.Match[str]") -> Said:
    """ "nữ 18-35t" are years of age, "thời hạn 12t" months; elsewhere nobody knows."""
    said = " đến ".join(map(say_number, filter(None, match.groups())))
    if _TERM_BEFORE.search(before(match)):
        return f"{said} tháng"
    return f"{said} tuổi" if _AGED_BEFORE.search(before(match)) else Doubt(f"{said} tê")


def _pulse(match: "re.Match[str]") -> Said:
    """ "mạch 80 l/p" are beats, elsewhere perhaps litres."""
    said = " đến ".join(map(say_number, re.findall(NUMBER, match[1])))
    beats = _PULSE_BEFORE.search(before(match))
    return f"{said} lần một phút" if beats else Doubt(f"{said} lít trên phút")


def _bores(match: "re.Match[str]") -> Said:
    low, high, unit = match.groups()
    if value(low) >= value(high):
        return None
    return f"phi {say_number(low)} đến {say_number(high)} {UNITS[unit] if unit else ''}".rstrip()


def _plain_product(match: "re.Match[str]") -> Said:
    """ "dây 2x2,5"."""
    return " nhân ".join(map(say_number, re.findall(NUMBER, match[0])))


def _bore(match: "re.Match[str]") -> Said:
    """ "Ø60" is the width of a pipe."""
    number, unit = match.groups()
    return f"phi {say_number(number)} {UNITS[unit] if unit else ''}".rstrip()
