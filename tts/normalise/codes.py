"""Codes that name one thing: dossiers, invoices, certificates, lots, classes."""

import re

from tts.normalise.letters import spell
from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.rules import MASK, Rule, Said, fixed, rule

_LETTER = "[A-ZĐ]"
_SHORTEST_CODE = 5  # digits; people read shorter ones as numbers
_MONEY = r"\s?(?:đ|đồng|VNĐ|VND|₫|USD|triệu|nghìn|ngàn|tỷ|người|hộ|lượt)\b"
# Mã hồ sơ of a one-stop office: 000.00.12.H38-261120-0001, H38.2.5-261120-0015.
_DOSSIER = r"(?<![\w.-])(?:\d{1,3}\.){0,3}[A-Z]\d{2}(?:\.\d{1,3})*-\d{6}-\d{3,6}(?![\w-])"
# After these any code may stand; "mã" and "số hiệu" may be told of what: "mã khách hàng".
_SURE = (
    r"gói thầu|(?:mã|số hiệu)(?: [a-zà-ỹđ]+){0,4}|mã (?:số )?(?:BHXH|QR)|ký hiệu|"
    r"số báo danh|SBD|OTP|seri|sê-?ri"
    r"|số khung|số máy|SM|số thẻ|(?:số )?hộ chiếu|số quân"
)
_CODE = rf"(?:{_LETTER}{{1,4}} (?=\d))?(?=[A-ZĐ./-]*\d)[A-ZĐ0-9]+(?:[./-][A-ZĐ0-9]+){{0,6}}"
# "TK 512" may be a part of a forest.
_ACCOUNT = rf"(?<!\w)TK(?=(?: [a-zà-ỹđ]+){{0,4}}:? ?[\d{MASK}](?:[ .-]?[\d{MASK}]){{5}})"
# After these an amount may stand too: only what looks like no amount is a code.
_PAPER = r"biên lai|h[oó][aá] đơn|giấy chứng nhận|GCN|thẻ BHYT|thẻ đảng|số vào sổ"
# "PB10 0400 47251": a code of several groups.
_GROUPED = rf"{_LETTER}{{1,4}}\d{{1,6}}(?:(?: \d{{3,6}}){{2,4}}| 0\d{{2,}}| \d{{5,}})"
_LONG_CODE = rf"(?=[A-ZĐ]{{0,4}} ?\d{{5}}|0\d\d)(?:{_LETTER}{{1,4}} ?)?\d+"
_END = rf"(?![\w/]|[.,]\d|[°%²³])(?!{_MONEY})"
_LABELLED = rf"(?<!\w)(?i:{_SURE})(?: (?i:số))?:? (?P<it>{_GROUPED}|{_CODE}){_END}"
_ON_PAPER = rf"(?<!\w)(?i:{_PAPER})(?: (?i:số))?:? (?P<it>{_LONG_CODE}){_END}"
# "BD 123456": a series and its number.
_SERIES = rf"(?<![\w.-]){_LETTER}{{1,2}} ?\d{{6,13}}(?![\w/-]|[.,]\d)(?!{_MONEY})"
_LONG = rf"(?<![\w./-])(?=(?:{_LETTER}*\d){{5}})(?=\d*{_LETTER})[A-ZĐ0-9]{{6,}}(?![\w/-])"
_LOT = rf"(?<![\w./-])(?!KM){_LETTER}{{1,2}}\d{{1,3}}-\d{{1,3}}(?![\w/-]|[.,]\d)"
_LETTERED = (
    r"(?<!\w)(?i:ấp|thôn|xóm|bản|tổ|khu|khu phố|lớp|số|nhà|ngõ|ngách|hẻm|kiệt|phòng|lô|tầng|khối|"
    r"dãy|ô|đội|phố|tuyến|đường|quốc lộ|tỉnh lộ|mẫu|phụ lục|nhóm|cổng|cầu|điểm|toà|tòa|điều|bến|"
    rf"nhà số|bàn) (?P<it>(\d{{1,3}})({_LETTER})(\d{{0,2}}))(?![\w/²³]|[.,]\d)"
)


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """QCVN 102:2016/BTTTT for dossiers; the rest by a label, by length or by shape."""
    return (
        rule(_DOSSIER, _say),
        fixed(_ACCOUNT, "tài khoản"),
        rule(_LABELLED, _labelled),
        rule(_ON_PAPER, lambda match: _spelled(match["it"])),
        rule(_SERIES, _say),
        rule(_LONG, _say),
        rule(r"(?<![\w.-])[A-Z](?:\.\d{2}){2,4}(?!\w|\.\d)", _say),  # "V.07.02.26": a rank
        rule(_LOT, _say),
        rule(r"(?<![\w./-])[vV](\d+(?:\.\d+)+)(?!\w)", _version),
        rule(_LETTERED, _lettered),
    )


def _say(match: "re.Match[str]") -> Said:
    return _spelled(match[0])


def _version(match: "re.Match[str]") -> Said:
    """ "VssID v2.1"."""
    return "vê " + " chấm ".join(cardinal(int(part)) for part in match[1].split("."))


def _labelled(match: "re.Match[str]") -> Said:
    """A short plain number after a label counts as one: "số thẻ 12"."""
    code = match["it"]
    counts = code.isdigit() and len(code) < _SHORTEST_CODE and code[0] != "0"
    return None if counts else _spelled(code)


def _lettered(match: "re.Match[str]") -> Said:
    _, number, branch, serial = match.groups()
    # A vowel stays a capital, as elsewhere: "lớp 1A" is no "lớp một a".
    said = f"{cardinal(int(number))} {branch if branch in 'AEOU' else spell(branch)}"
    return f"{said} {cardinal(int(serial))}" if serial else said


def _spelled(code: str) -> str:
    """Letters by name, digits one by one in the groups they are written in."""
    marks = {".": "chấm", "/": "gạch chéo", "-": ","}
    grouped = re.sub(r"(?<=\d) (?=\d)", "-", code)
    parts = re.findall(rf"\d+|{_LETTER}+|[./-]", grouped)
    return " ".join(marks.get(part) or spell(part) for part in parts).replace(" ,", ",")
