"""The heads of listed points: 1. a) - I. at the start of a line, a) b) within one."""

import re

from tts.normalise.letters import spell
from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.romans import roman
from tts.normalise.rules import Doubt, Rule, Said, fixed, rule, rule_in_source

# "X. Gia Hội" is a commune: two capitalised words follow, and no heading is written so.
# In capitals the province behind it tells: "X. NÀ MÂY, T. LÀO CAI".
_COMMUNE = (
    r"(?<=X\.)\s(?:[A-ZĐÀ-Ỹ][a-zà-ỹ]+ [A-ZĐÀ-Ỹ][a-zà-ỹ]"
    r"|[^\n,.;:]{2,30}, (?:T|H|TP|TX|TỈNH|HUYỆN)[. ])"
)


# "-02 bản sao" counts; "-2 độ", "-0,5" and "-5%" are below nothing.
_COUNTS = re.compile(
    r"(?:0\d|\d{1,3}) (?:bản|bộ|ảnh|tờ|giấy|đơn|phiếu|người|hộ|đồng chí|em|cháu|con|chiếc|cái|cuốn"
    r"|quyển|suất|thôn|xã|trường|lớp|đội|tổ|xe|trường hợp|khẩu|học sinh|đại biểu|đảng viên)(?!\w)"
    r"|[\d.]+\s?(?:đ|đồng)\s?/"
)
_SIGNED = re.compile(r"\d+,\d|[^\n]{0,30}?(?:[°º⁰℃%‰]|(?<!\w)độ(?!\w)|\doC)")
_NUMBER_ALONE = re.compile(r"[\d.]+\s*(?:\n|\Z)")
_WITHIN = re.compile(r"; [-–—]\d")
_ROMAN_HEAD = re.compile(r"(?:^|(?<=[:;.] ))([IVX]{1,5})[.)](?= )")
_BULLET = re.compile(r"[ \t]*[-–—][ \t]*\w")


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Nghị định 30/2020/NĐ-CP, phụ lục I: I., 1., a); people add dashes and bullets."""
    return (
        fixed(r"^[ \t]*(?P<it>[-–—*•●▪◦✓✔♦❖➢→]+|\+)(?=\s)", ""),
        fixed(r"^[ \t]*(?P<it>[-–—•●▪◦✓]|\*{1,3})(?=[^\W\d])", ""),
        fixed(r"(?<=[\w:!.)])\*{2,3}(?!\*)|(?<!\*)\*{2,3}(?=\w)", ""),  # **bold**
        rule_in_source(r"(?<=[\w.;,:)] )(?P<it>\+)(?= (\w))", _another_plus),
        rule_in_source(r"^[ \t]*(?P<it>[-–—])(?=\d)", _glued),
        rule_in_source(r"(?<=[:;] )(?P<it>[-–—])(?=\d)", _glued_within),
        rule(r"^[ \t]*(?P<it>(\d{1,2})(?:[.)]|/(?=\s)))(?=\s)", _number),
        rule(rf"^[ \t]*[\"“«(]?(?P<it>([IVX]{{1,5}})[.)])(?=\s)(?!{_COMMUNE})", _roman),
        rule_in_source(r"(?<=[:;.] )(?P<it>([IVX]{1,5})[.)])(?= [A-ZĐÀ-Ỹ])", _roman_within),
        rule(r"^[ \t]*\(?(?P<it>([ivx]{1,4})\))(?=\s)", _roman),
        rule(r"(?<=[:;,.] )\(?(?P<it>([ivx]{2,4})\))(?=\s)", _roman),
        rule(r"^[ \t]*(?P<it>([a-zđA-ZĐ])\))", _letter),
        rule(r"(?<=[:;,.] )(?P<it>(\d{1,2})\))(?=\s)", _number),
        rule(r"(?<=[:;,.] )(?P<it>([a-zđ])\))(?=\s)", _letter),
    )


def _another_plus(match: "re.Match[str]", source: str) -> Said:
    """ "+ Giải nhất: 1 con dê + Giải nhì: 2 con ngỗng": a line that begins so has more points."""
    line = source.rfind("\n", 0, match.start()) + 1
    listed = source[line : match.start()].lstrip().startswith("+ ")
    return "," if listed and match[2].isupper() else None


def _glued(match: "re.Match[str]", source: str) -> Said:
    """A dash right before a number is a bullet among others, or where the number counts.

    Alone it may be a sign too: a person must say.
    """
    end = match.end("it")
    if _SIGNED.match(source, end):
        return None
    above = source[max(0, source.rfind("\n", 0, max(0, match.start() - 1)) + 1) : match.start()]
    below = source[source.find("\n", end) + 1 or len(source) :][:8]
    listed = _BULLET.match(above) or _BULLET.match(below)
    if listed or _COUNTS.match(source, end):
        return ""
    return None if _NUMBER_ALONE.match(source, end) else Doubt(" âm ")


def _glued_within(match: "re.Match[str]", source: str) -> Said:
    """ "gồm: -5 kg gạo; -2 lít dầu": points of one line, of which there are two at least."""
    start = source.rfind("\n", 0, match.start()) + 1
    end = source.find("\n", match.end())
    line = source[start : end if end >= 0 else len(source)][:1_000]
    several = _WITHIN.search(line)
    return "" if several and not _SIGNED.match(source, match.end("it")) else None


def _number(match: "re.Match[str]") -> Said:
    return f"{cardinal(int(re.sub(r'[^0-9]', '', match['it'])))},"


def _roman(match: "re.Match[str]") -> Said:
    return f"{cardinal(roman(match['it'][:-1].upper()))},"


def _roman_within(match: "re.Match[str]", source: str) -> Said:
    """ "gồm: I. Đánh giá …; II. Triển khai …": the point before it or behind it is in its line."""
    start = source.rfind("\n", 0, match.start()) + 1
    end = source.find("\n", match.end())
    value = roman(match[2])
    others = _ROMAN_HEAD.findall(source[start : end if end >= 0 else len(source)][:2_000])
    beside = value and {value - 1, value + 1} & {roman(other) for other in others}
    return _roman(match) if beside else None


def _letter(match: "re.Match[str]") -> Said:
    return f"{spell(match['it'])},"
