"""Days whose month is elsewhere or joined by another mark: ngày 5 - 10, ngày 19.8, lễ 2-9."""

import re

from tts.normalise.calendar import day
from tts.normalise.dates import D, M, Y, doubted, spoken
from tts.normalise.day_cues import is_feast
from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.quantity import DASH
from tts.normalise.rules import MASK, Doubt, Rule, Said, after, before, fixed, rule, rule_in_source
from tts.normalise.units import NO_MEASURE

_DATED = rf"(?:[\d{MASK}]|tháng \w+|Giêng|Chạp)(?: ?\(| |, )"
_DOSE_AFTER = re.compile(r" (?:lần|viên|buổi|bữa|liều|gói|ống|chuyến|ca|giờ|cữ|cốc|thìa)\b")
_OF_THE_MOON = r"(?= tháng (?:[Gg]iêng|[Cc]hạp)(?!\w))"
_DAYTIME = r"(?:sáng|trưa|chiều|tối|đêm|hôm nay|hạn|hết)"
_WEEKDAY = r"(?:thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)|chủ nhật|CN)"
_BOUND = r"(?:từ|đến|tới|trước|sau|kể từ)"
# Streets and squares bear the names of days.
_STREET = "đường|phố|đại lộ|quảng trường|công viên"
_CLOSE = r"(?![\w/%]|[.,]\d)"
_END = r"(?![\w/\-–%]|[.,]\d)"
_OPEN = r"(?<![\w/.,\-])"
_DAY_MONTH = rf"{D}(?:[-.]| ?[-–—] ?){M}"
# "tiêu chí 17.1, 17.3" are points of a list.
_NO_POINT = (
    r"(?<!TC )(?<!(?i:tiêu chí) )(?<!(?i:chỉ tiêu) )(?<!(?i:mục) )(?<!(?i:điểm) )"
    r"(?<!(?i:nội dung) )"
)
_DAYS = rf"(?:{D}(?:,\s?|;\s?| và | & ))+"
_NAMED_BEFORE = re.compile(r"(?<!\w)(?:ngày|từ|nghỉ|sáng|trưa|chiều|tối)\s*$", re.IGNORECASE)


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """All but the feasts stand behind the word "ngày"."""
    named = "(?i:(?<=ngày ))"
    return (
        rule(rf"{named}(?P<it>({_DAYS})({D})([/.-])({M})(?:[/.-]({Y}))?){_END}", _of_one_month),
        rule(rf"{named}(?P<it>({D})\s[-–—]\s({D})-({M})){_END}{NO_MEASURE}", _to_a_day),
        rule(rf"{_OPEN}{_NO_POINT}{_DAY_MONTH}(?:(?:,\s?|;\s?| và ){_DAY_MONTH})+{_END}", _days),
        rule(rf"{_OPEN}(?P<it>({D}[-.]{M})\s[-–—]\s({D}[-.]{M})){_END}", _day_to_day),
        rule(rf"{_OPEN}(?P<it>{_DAY_MONTH}){_END}", _feast),
        rule(rf"(?i:(?<!\w)(?:{_STREET}) )(?P<it>{D}-{M}){_END}{NO_MEASURE}", _street),
        rule(rf"{named}(?P<it>{D}\.{M}){_END}", _dotted),
        rule(rf"(?i:(?<!\w){_DAYTIME} )(?P<it>{D}\.{M}){_END}{NO_MEASURE}", _perhaps_clock),
        rule(
            rf"(?i:(?<!\w){_BOUND} )(?P<it>(?:1[3-9]|2\d|3[01])\.{M}){_END}{NO_MEASURE}",
            _perhaps_clock,
        ),
        rule(rf"(?i:(?<!\w){_BOUND} )(?P<it>(?:1[3-9]|2\d|3[01])-{M}){_END}{NO_MEASURE}", _dotted),
        rule(rf"(?i:(?<!\w){_WEEKDAY},? )(?P<it>(?:1[3-9]|2\d|3[01])-{M}){_END}", _dotted),
        rule(
            rf"{named}(?P<it>{D}(?:\s?[-–—]\s?{D}){{2,}}){_CLOSE}{NO_MEASURE}",
            _several,
        ),
        rule(rf"{named}(?P<it>({D})({DASH})({D}))(?![\w/]|[.,]\d)", _range),
        rule(rf"{named}(?P<it>{D}(?:(?:,\s?|;\s?| và | & ){D})+){_CLOSE}{NO_MEASURE}", _list),
        rule(rf"{named}(?P<it>{D}){_CLOSE}", _single),
        rule_in_source(rf"(?i:(?<=từ ))(?P<it>{D})(?= (?:đến|tới) )", _from),
        rule(r"(?i:(?<=ngày ))(?P<it>(\d{1,2})/(\d{1,2}))(?![\w/])", _impossible),
        rule(rf"(?i:(?<!\w)(?:mùng|mồng) )(?P<it>{D}){_OF_THE_MOON}", _named),
        rule(rf"{_OPEN}(?P<it>({D})({DASH})({D})){_OF_THE_MOON}", _range),
        rule(rf"{_OPEN}(?P<it>{D}){_OF_THE_MOON}", _single),
        fixed(rf"{_DATED}(?P<it>[ÂâA][Ll])(?!\w)", "âm lịch"),
        fixed(rf"{_DATED}(?P<it>DL)(?!\w)", "dương lịch"),
    )


def _of_one_month(match: "re.Match[str]") -> Said:
    """ "ngày 18,19,20/12", "các ngày 18, 19 và 20-12"; "5, 7-9" may be 7 to 9: reported."""
    days, last, mark, month_, year_ = match.groups()[1:]
    said = re.sub(r"\d+", lambda each: day(each[0]), re.sub(r",(?=\S|$)", ", ", days))
    said = said.replace("&", "và")
    if mark == "-" and not year_ and int(last) < int(month_):
        return Doubt(f"{said}{day(last)} đến {day(month_)}")
    written = "/".join(filter(None, (last, month_, year_)))
    ordered = [int(each) for each in re.findall(r"\d+", f"{days}{last}")]
    said = f"{said}{spoken(written)}"
    return doubted(written, said) if ordered == sorted(ordered) else Doubt(said)


def _to_a_day(match: "re.Match[str]") -> Said:
    """ "từ ngày 18 - 20-12"."""
    first, last, month_ = match.groups()[1:]
    said = f"{day(first)} đến {spoken(f'{last}/{month_}')}"
    return doubted(f"{last}/{month_}", said) if int(first) < int(last) else Doubt(said)


def _feast(match: "re.Match[str]") -> Said:
    """ "Quốc khánh 2-9", "nghỉ lễ 30-4 và 1-5"."""
    if not is_feast(before(match), after(match)) or re.search(r"(?:từ|đến) $", before(match)):
        return None
    return _dotted(match)


def _days(match: "re.Match[str]") -> Said:
    """ "ngày 30-4 và 1-5"; bare, a first pair that no range and no score can be tells."""
    day_, month_ = re.split(r"\D+", match[0])[:2]
    named = _NAMED_BEFORE.search(before(match)) or is_feast(before(match), after(match))
    if not named and int(day_) <= 12:
        return None
    found = re.finditer(rf"({_DAY_MONTH})|,|;|và", match[0])
    said = " ".join(spoken(part[1]) if part[1] else part[0] for part in found).replace(" ,", ",")
    return said.replace(" ;", ";") if named or int(day_) > int(month_) else None


def _day_to_day(match: "re.Match[str]") -> Said:
    """ "dịp 30-4 - 1-5"."""
    named = _NAMED_BEFORE.search(before(match)) or is_feast(before(match), after(match))
    said = f"{spoken(match[2])} đến {spoken(match[3])}"
    if named:
        return doubted(match[3], said)
    # A first pair that falls is no range: "24-11 - 1-12".
    first, last = (int(part) for part in re.findall(r"\d+", match[2]))
    return Doubt(said) if first > 12 >= last else None


def _dotted(match: "re.Match[str]") -> Said:
    return doubted(match["it"], spoken(match["it"]))


def _street(match: "re.Match[str]") -> Said:
    """ "phố 19-8", "đường 3-2": said as a name, without "mùng"."""
    return doubted(match["it"], spoken(match["it"]).removeprefix("mùng "))


def _perhaps_clock(match: "re.Match[str]") -> Said:
    """ "sáng 25.11"; "tối 7.10" may be an hour, for which ten minutes and five are usual."""
    day_, month_ = map(int, match["it"].split("."))
    said = spoken(match["it"])
    return Doubt(said) if day_ <= 24 and month_ in (5, 10) else doubted(match["it"], said)


def _several(match: "re.Match[str]") -> Said:
    """ "ngày 5 - 12 - 19"; "ngày 2-4-6" are days of the week."""
    days = re.findall(r"\d+", match["it"])
    weekly = days in (["2", "4", "6"], ["3", "5", "7"])
    return ", ".join(cardinal(int(each)) if weekly else day(each) for each in days)


def _range(match: "re.Match[str]") -> Said:
    """ "ngày 20-11" falls, so it is a day of November; "ngày 5-10" may be both: reported."""
    first, dash, last = match[2], match[3], match[4]
    said = f"{day(first)} đến {day(last)}"
    if int(first) > 12 >= int(last):
        return _dotted(match)
    if dash != "-" or int(last) > 12:
        return said if int(first) < int(last) else Doubt(said)
    if int(first) >= int(last):
        return _dotted(match)
    ranged = re.search(r"(?:từ|các|những|trong) ngày $", before(match).lower())
    return said if ranged or re.match(r" (?:tháng|h[àằ]ng|mỗi)\b", after(match)) else Doubt(said)


def _list(match: "re.Match[str]") -> Said:
    if re.search(r"(?:mỗi|một|hàng|\d) ngày $", before(match).lower()):
        return None
    said = re.sub(r",(?=\S)", ", ", match["it"].replace("&", "và"))
    return re.sub(r"\d+", lambda number: day(number[0]), said)


def _single(match: "re.Match[str]") -> Said:
    """A date, and not how often a day: "mỗi ngày 2 lần"."""
    written = match["it"]
    if _DOSE_AFTER.match(after(match)):
        return None
    dated = re.search(r"(?:từ|đến|hết|vào|trước|sau|các|,) ngày $", before(match).lower())
    joined = re.match(rf"(?:,| và| &| hoặc| đến(?: hết)?(?: ngày)?) {MASK}", after(match))
    if written.startswith("0") or after(match).startswith(" tháng") or dated or joined:
        return day(written)
    return None


def _named(match: "re.Match[str]") -> Said:
    """ "mùng 5 tháng Giêng" has its word already."""
    return cardinal(int(match["it"]))


def _from(match: "re.Match[str]", source: str) -> Said:
    """ "từ 01 đến 05/4/2026"."""
    dated = re.match(rf" (?:đến|tới)(?: hết)?(?: ngày)? {D}/{M}(?!\w)", source[match.end() :][:30])
    return day(match["it"]) if dated else None


def _impossible(match: "re.Match[str]") -> Said:
    """ "ngày 32/1" is a slip of the pen."""
    return Doubt(f"{cardinal(int(match[2]))} tháng {cardinal(int(match[3]))}")
