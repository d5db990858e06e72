"""What stands after a slash behind an amount: đồng/hộ/tháng, km/h, lần/tuần."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.quantity import DASH, NUMBER, SIGNED, START, say_number
from tts.normalise.rules import MASK, Rule, Said, before, fixed, rule
from tts.normalise.units import UNITS

_UNIT = "|".join(re.escape(u) for u in sorted(UNITS, key=len, reverse=True) if u[0].isalpha())
# A word has a vowel: nobody knows what "0J/bđ" costs.
_WORD = r"(?![bcdđghjklmnpqrstvwxz]+(?![a-zà-ỹ]))[a-zà-öø-ýăđĩũơưạ-ỹ]{2,}"
# "/hộ", "/m2", "/10 kg", "/01 thẻ", "/hộ nghèo/tháng".
_PARTED = rf"{_WORD}(?:(?: {_WORD}){{1,2}}(?=\s?/\s?{_WORD}))?"
_SHORT = {
    "HS": "học sinh",
    "hs": "học sinh",
    "SV": "sinh viên",
    "PN": "phụ nữ",
    "ng": "người",
    "th": "tháng",
    "ngđ": "ngày đêm",
    "T": "tháng",
}
_SHORTS = "|".join(short for short in _SHORT if short != "T")
PER = rf"(?:\s?/\s?(?:{NUMBER}\s?)?(?:(?:{_UNIT}|(?<=\d)T|{_SHORTS})(?![\w²³])|{_PARTED}))"
_ONE = re.compile(rf"\s?/\s?({NUMBER})?\s?([^/\d][^/]*)")
# Units that are no word: "đồng/kWh", "người/km2".
_SURE = r"[kcdm]?m[23²³]|kWh|kg|km|ha|kVA|kW|ml"
# After these a bare number and a slash are an address or a code: "tổ 3/thôn 2" has no rate.
_EACH = r"(?:người|hộ|ngày|tháng|năm|tuần|giờ|phút|lần|vụ|ca|buổi|lượt|con|cái|suất|cháu|trẻ)"
# A share of them, by the year: "giảm 1,5% hộ nghèo/năm".
_OF_WHOM = r"(?: (?!ngày|tháng|quý)[a-zà-ỹđ]+){1,4}"
# "mức lương/người/năm"
_HEADS = r"/(người|hộ|khẩu|suất|cháu|học sinh)"
_TIMES = r"/(ngày|tháng|năm|vụ|lần|buổi|kỳ|đợt)"
# "0,2 kg NPK/hố": an abbreviation by what is planted.
_PLANTED = r"(?:hố|gốc|cây|sào|luống|khóm|bụi|chậu|lồng|ao|bè|đàn|vụ|lứa)"
_TERM = r"(?:năm|tháng|quý|vụ)"
_NAMED = re.compile(
    r"(?:số|tổ|khu|thôn|xóm|bản|ấp|nhà|ngõ|hẻm|lô|thửa|tờ|tháng|quý|năm|ngày|kỳ|đợt|lớp|mẫu)\s*$",
    re.IGNORECASE,
)


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """A counted thing by another: "03 lần/tuần", "20kg gạo/khẩu/tháng"."""
    counted = rf"(?:{_WORD}\s){{0,2}}{_WORD}"
    low = rf"{START}(?:({SIGNED}){DASH})?"
    each = rf"(?:\s?/\s?(?:(?:{_UNIT})(?![\w²³])|{_EACH}(?!\w)))"
    return (
        rule(rf"(?<=[^\W\d])\s?/\s?({NUMBER})\s?({_UNIT})(?!\w)(?:( {_WORD})({PER}+))?", _per_many),
        rule(rf"(?<=[^\W\d_]{{2}}){_HEADS}{_TIMES}(?!\w)", _per_head),
        rule(
            r"(?<=[^\W\d_]{2})(?i:(?<!ngày)(?<!giờ)(?<!tháng))/(ngày|tháng|năm)(?=[.,;)]|$)",
            _per_head,
        ),
        rule(rf"(?<=[^\W\d_])(?<!\bW)\s?/\s?({_SURE})(?![\w²³/-])", _per_unit),
        rule(rf"{low}({NUMBER})\s?({_UNIT}) ({counted})({PER}+)(?!\w)", _measured),
        rule(rf"{low}({NUMBER}) ({counted})({PER}+)(?!\w)", _counted),
        rule(rf"{low}({NUMBER})({each}+)(?!\w)", _bare),
        fixed(r"\d (?:HS|hs|GV|SV|ĐV|CB)(?P<it>/)(?=(?:lớp|trường|khối|xã|chi bộ)(?!\w))", " một "),
        fixed(rf"(?:[A-Z]{{3,5}}|{MASK})(?P<it>\s?/\s?)(?={_PLANTED}(?!\w))", " một "),
        fixed(rf"%{_OF_WHOM}(?P<it>\s?/\s?)(?={_TERM}(?!\w))", " một "),
    )


def say_rate(written: str) -> str:
    """ "/hộ/tháng" → " một hộ một tháng", "/h" → " trên giờ"; nothing for nothing.

    People say "một" before what they count, "trên" before a unit or several.
    """
    return "".join(f" {_one(number, thing.strip())}" for number, thing in _ONE.findall(written))


def say_price_rate(written: str) -> str:
    """A price is for one of anything: "đ/kg" → " một ki lô gam"."""
    pairs = ((number, thing.strip()) for number, thing in _ONE.findall(written))
    return "".join(
        f" {_one(number, thing)}"
        if number
        else f" một {UNITS.get(thing) or _SHORT.get(thing, thing)}"
        for number, thing in pairs
    )


def _one(number: str, thing: str) -> str:
    thing = _SHORT.get(thing, thing)
    if not number:
        return f"trên {UNITS[thing]}" if thing in UNITS else f"một {thing}"
    if thing in UNITS:
        return f"trên {say_number(number)} {UNITS[thing]}"
    single = number.lstrip("0") == "1"
    return f"{'' if single else 'trên '}{say_number(number)} {thing}"


def _per_many(match: "re.Match[str]") -> Said:
    """ "5 lít/100 km"."""
    number, unit, thing, rate = match.groups()
    said = f"trên {say_number(number)} {UNITS[unit]}"
    return f"{said}{thing}{say_rate(rate)}" if thing else said


def _per_head(match: "re.Match[str]") -> Said:
    return "".join(f" một {thing}" for thing in match.groups())


def _per_unit(match: "re.Match[str]") -> Said:
    """ "đồng/kWh"."""
    priced = re.search(r"(?:đồng|đ|nghìn|ngàn|triệu|tỷ)\s*$", before(match))
    return f"{'một' if priced else 'trên'} {UNITS[match[1]]}"


def _from(low: str | None) -> str:
    return f"{say_number(low)} đến " if low else ""


def _measured(match: "re.Match[str]") -> Said:
    """ "20kg gạo/khẩu"."""
    low, number, unit, thing, rate = match.groups()
    return f"{_from(low)}{say_number(number)} {UNITS[unit]} {thing}{say_rate(rate)}"


def _counted(match: "re.Match[str]") -> Said:
    low, number, thing, rate = match.groups()
    if thing.split()[-1] in UNITS:
        return None
    return f"{_from(low)}{say_number(number)} {thing}{say_rate(rate)}"


def _bare(match: "re.Match[str]") -> Said:
    """ "25.000/kg", "3/ngày"."""
    low, number, rate = match.groups()
    if _NAMED.search(before(match)):
        return None
    return f"{_from(low)}{say_number(number)}{say_rate(rate)}"
