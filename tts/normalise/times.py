"""Hours of the clock and their ranges: 7h30, 07:30, 20h00, 7h30 - 11h00, 24/24 giờ."""

import re

from tts.normalise.durations import MINUTES_AND_SECONDS, minutes_and_seconds
from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.quantity import DASH
from tts.normalise.rates import PER, say_rate
from tts.normalise.rules import MASK, Doubt, Rule, Said, before, rule

_HOUR = r"(?:2[0-4]|1\d|0?\d)"
_MINUTE = r"[0-5]\d"
_DAYTIME = r"(?:sáng|trưa|chiều|tối(?! (?:thiểu|đa|ưu))|đêm)"
# Without minutes "g" is a gram, but not before these.
_WHEN = (
    rf"(?i:,? (?:{_DAYTIME}|thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)|chủ nhật|mai|hôm|cùng ngày"
    rf"|ngày (?:mai|kia|{MASK}|\d{{1,2}} tháng))(?!\w)|,? (?:CN|T[2-7])(?!\w))"
)
_OTHER_END = rf"\s?(?:[-–—]|đến|tới)\s?{_HOUR}\s?[gG]"
_G = rf"\s?[gG](?={_WHEN}|{_OTHER_END}(?:{_WHEN}|\s?{_MINUTE}(?!\d)))"
_TIME = rf"{_HOUR}(?:(?:\s?[hHg](?:[.:]|\s)?{_MINUTE}|[hH]\d)(?:\s?(?:phút|'|’|ph?))?|:{_MINUTE}'?|\s?[hH]|{_G}|\s?giờ(?:\s?{_MINUTE}(?:\s?(?:phút|'|’))?)?)"  # noqa: E501 one form of a clock time each
_OPEN = r"(?<![\w/.,:])"
# Nor is it after these.
_G_HOUR = rf"(?i:(?<!\w)(?:lúc|vào|hồi|{_DAYTIME})(?: từ)?) "
_RATIO_BEFORE = re.compile(r"(?:tỷ|tỉ) (?:lệ|số)(?: \w+){0,3}:?\s*$", re.IGNORECASE)
_DOSE_BEFORE = re.compile(
    r"(?<!\w)(?:uống|dùng|liều|bón|ăn|pha|phun|trộn|cân|nặng|tiêm|rắc)\b[^.;:\n]*$", re.IGNORECASE
)
_CLOSE = r"(?![\w/:]|[.,]\d)"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Ranges first; "24/24" is a promise, not a fraction."""
    g_hour = rf"({_HOUR})\s?g"
    half_past = rf"{_HOUR}\s?[gG]\s?{_MINUTE}"
    return (
        rule(rf"{_OPEN}24\s?/\s?24\s?(?:h|giờ)?(?!\w)", _round_the_clock),
        rule(rf"{_OPEN}24\s?/\s?7(?!\w|/)", lambda _: "hai mươi tư trên bảy"),
        rule(rf"{_OPEN}({_HOUR}):({_MINUTE}):({_MINUTE})(?![\w/:])", _to_the_second),
        rule(
            rf"{_OPEN}(\d{{1,2}})\s?(?:h|giờ)\s?{MINUTES_AND_SECONDS}",
            lambda match: (
                f"{cardinal(int(match[1]))} giờ {minutes_and_seconds(*match.group(2, 3))}"
            ),
        ),
        rule(rf"{_OPEN}(\d{{1,3}})\s?[hH]{DASH}(\d{{2,3}})\s?[hH](?!\w)", _span),
        rule(rf"{_OPEN}({half_past}){DASH}({g_hour})(?!\w)", _range_of_g),
        rule(
            rf"{_OPEN}{half_past} (?:đến|tới) (?P<it>{g_hour})(?!\w)",
            lambda match: f"{cardinal(int(match[2]))} giờ",
        ),
        rule(rf"{_OPEN}({_TIME}|{_HOUR}){DASH}({_TIME})(?!\w|:\d|[.,]\d)({PER}*)(?!/)", _range),
        rule(rf"{_OPEN}({_TIME} (?i:{_DAYTIME})){DASH}({_TIME}){_CLOSE}", _range_of_day),
        rule(rf"{_OPEN}({_TIME}) ?([AaPp]\.?[Mm])\.?(?!\w)", _of_half_a_day),
        rule(rf"{_OPEN}({_TIME}){_CLOSE}", _single),
        rule(
            rf"(?i:(?<!\w)(?:lúc|hồi) )(?P<it>({_HOUR})\.({_MINUTE}){DASH}({_HOUR})\.({_MINUTE}))"
            r"(?![\w/]|[.,]\d)",
            _dotted_range,
        ),
        rule(rf"(?i:(?<!\w)(?:lúc|hồi) )(?P<it>({_HOUR})\.({_MINUTE}))(?![\w/]|[.,]\d)", _dotted),
        rule(
            rf"{_OPEN}(?<!mục )(?<!điểm )(?<!số )(?P<it>({_HOUR})\.({_MINUTE}))"
            rf"(?= (?:(?:sáng|chiều|tối) )?ngày {MASK})",
            _dotted,
        ),
        rule(rf"{_G_HOUR}(?P<it>{g_hour}{DASH}{g_hour})(?!\w)", _g_range),
        rule(
            rf"(?i:(?<!\w)từ )(?P<it>{g_hour}(?:{DASH}| đến ){g_hour})(?!\w|\s?/)", _perhaps_hours
        ),
        rule(
            r"(?i:(?<!\w)(?:diễn ra|tổ chức|mở cửa|làm việc|hoạt động|trực|cấm|phát|bắt đầu) )"
            rf"(?P<it>({_HOUR})\s?[gG]{DASH}({_HOUR})\s?[gG])(?!\w|\s?/)",
            _g_range,
        ),
        rule(rf"{_G_HOUR}(?P<it>{g_hour})(?!\w)", lambda match: f"{cardinal(int(match[2]))} giờ"),
        rule(rf"{_OPEN}\d{{1,2}}[hg]\d\d(?!\w)", _no_such_hour),
    )


def _round_the_clock(match: "re.Match[str]") -> Said:
    said = "hai mươi tư trên hai mươi tư"
    return f"{said} giờ" if match[0].endswith(("h", "giờ")) else said


def _to_the_second(match: "re.Match[str]") -> Said:
    hour, minute, second = (int(part) for part in match.groups())
    if not minute and not second:
        return f"{cardinal(hour)} giờ"
    return f"{cardinal(hour)} giờ {cardinal(minute)} phút {cardinal(second)} giây"


def _range(match: "re.Match[str]") -> Said:
    return f"{_spoken(match[1])} đến {_spoken(match[2])}{say_rate(match[3])}"


def _range_of_g(match: "re.Match[str]") -> Said:
    """ "7g30 - 11g": the minutes of the first tell what the second is."""
    return f"{_spoken(match[1])} đến {cardinal(int(match[3]))} giờ"


def _range_of_day(match: "re.Match[str]") -> Said:
    """ "7h sáng - 5h chiều"."""
    first, _, of_day = match[1].rpartition(" ")
    return f"{_spoken(first)} {of_day.lower()} đến {_spoken(match[2])}"


def _g_range(match: "re.Match[str]") -> Said:
    return f"{cardinal(int(match[2]))} giờ đến {cardinal(int(match[3]))} giờ"


def _perhaps_hours(match: "re.Match[str]") -> Said:
    """ "từ 7g-11g" may weigh something."""
    return Doubt(str(_g_range(match)))


def _single(match: "re.Match[str]") -> Said:
    if ":" in match[0] and _RATIO_BEFORE.search(before(match)):
        return None  # "tỷ lệ 1:20"
    said = _spoken(match[1])
    # "uống 5g sáng" may weigh something
    dose = match[1][-1] in "gG" and _DOSE_BEFORE.search(before(match))
    return Doubt(said) if dose else said


def _of_half_a_day(match: "re.Match[str]") -> Said:
    """ "2:30 PM"; twelve o'clock is noon or night, which few get right."""
    hour, said = int(re.findall(r"\d+", match[1])[0]), _spoken(match[1])
    if hour == 12:
        return Doubt(said)
    if match[2][0] in "Aa":
        return f"{said} sáng"
    return said if hour > 12 else f"{said} {'chiều' if hour < 6 else 'tối'}"


def _span(match: "re.Match[str]") -> Said:
    """ "24h-48h" is no time of day."""
    if int(match[2]) <= 24:
        return None
    return f"{cardinal(int(match[1]))} đến {cardinal(int(match[2]))} giờ"


def _dotted(match: "re.Match[str]") -> Said:
    """ "lúc 7.30"."""
    return _spoken(f"{match[2]}h{match[3]}")


def _dotted_range(match: "re.Match[str]") -> Said:
    """ "lúc 9.30 - 11.00"."""
    first, first_minute, last, last_minute = match.group(2, 3, 4, 5)
    return f"{_spoken(f'{first}h{first_minute}')} đến {_spoken(f'{last}h{last_minute}')}"


def _spoken(written: str) -> str:
    """Full hours end at "giờ": nobody says "không phút"."""
    numbers = re.findall(r"\d+", written)
    hour = cardinal(int(numbers[0]))
    if len(numbers) == 1 and written.strip() == numbers[0]:
        return hour  # the first of "7 - 11h"
    minutes = int(numbers[1]) if len(numbers) > 1 else 0
    return f"{hour} giờ {cardinal(minutes)} phút" if minutes else f"{hour} giờ"


def _no_such_hour(match: "re.Match[str]") -> Said:
    """ "7h65" is a slip of the pen."""
    hour, minute = re.findall(r"\d+", match[0])
    return Doubt(f"{cardinal(int(hour))} giờ {cardinal(int(minute))} phút")
