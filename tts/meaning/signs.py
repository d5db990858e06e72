"""A minus, and the signs that compare."""

import re

from tts.meaning.numbers import Number
from tts.meaning.sounds import phrase
from tts.meaning.want import Want

_MINUS = phrase("âm")
_DEGREES = ("°", "º", "⁰", "độ", "o", "℃")
_COMPARED = {
    "≥": phrase(
        "lớn hơn hoặc bằng|từ|ít nhất|tối thiểu|không dưới|không nhỏ hơn|không ít hơn|bằng hoặc lớn"
    ),
    "≤": phrase(
        "nhỏ hơn hoặc bằng|bé hơn hoặc bằng|nhiều nhất|tối đa|không quá|không lớn hơn|đến"
        "|bằng hoặc nhỏ"
    ),
    ">": phrase("lớn hơn|trên|hơn|quá"),
    "<": phrase("nhỏ hơn|bé hơn|dưới|ít hơn|kém"),
    "±": phrase("cộng trừ|cộng hoặc trừ"),
}
_SAME = {">=": "≥", "<=": "≤"}
_TO_DEGREES = re.compile(r" (?:đến|tới) [-−–]?\d[\d,]*\s?(?:[°º⁰℃%]|độ|oC)")
# What may be below nought stands before the colon: no bullet.
_BALANCE = re.compile(
    r"(?i:số dư|dư cuối|dư đầu|chênh lệch|nhiệt độ|điểm|tăng trưởng|lợi nhuận|quỹ|tồn|cao độ"
    r"|biến động|cân đối)[^.;:\n]{0,48}: ?$"
)
_COMPARISON = re.compile(r"([≥≤±]|>=|<=|(?<![-=])[<>](?=\s?[-−]?\d))")
_RHESUS = re.compile(r"(?<!\w)(?:Rh|AB|[ABO])\s?\(?([-–−+])\)?(?=\W|$)(?! ?\d)")
_BLOOD_BEFORE = re.compile(r"(?i:nhóm|máu)(?!\w)[^.;\n]{0,40}$|Rh\(?$")


def comparisons(text: str) -> list[Want]:
    """ "≥ 18 tuổi", "< 5 tấn", and "Rh-" of a blood group."""
    return [
        Want(
            match.span(1), ((phrase("dương") if match[1] == "+" else _MINUS,),), "Dấu của nhóm máu"
        )
        for match in _RHESUS.finditer(text)
        if _BLOOD_BEFORE.search(text[: match.start(1)][-60:])
    ] + [
        Want(match.span(), ((_COMPARED[_SAME.get(match[1], match[1])],),), "Dấu so sánh")
        for match in _COMPARISON.finditer(text)
    ]


def minus(number: Number, previous: Number | None, text: str) -> Want | None:
    """A dash right before a number is a sign, unless something ends just before it.

    Where a line or a list begins it may be a mere bullet: then both are right.
    """
    at = number.span[0] - 1
    if at < 0 or text[at] not in "-−–":
        return None
    before = text[max(0, at - 24) : at]
    bare = before.rstrip(" ")
    if bare[-1:].isalnum() and bare == before:
        return None  # COVID-19, 5-10
    if previous and not text[previous.end : at].strip(" "):
        return None  # "5 -10": a range typed in haste
    want = Want((at, at + 1), ((_MINUS,),), "Dấu âm")
    if bare[-1:] in ("-", "–"):
        return want.optional()
    if bare[-1:] == ":" and _BALANCE.search(text[max(0, at - 60) : at]):
        return want
    unclear = not bare or bare[-1] in "\n:;.•/)]%°º'’" or text[at] == "–"
    return want.optional() if unclear and not _is_measured(number, text) else want


def _is_measured(number: Number, text: str) -> bool:
    """Degrees, shares and decimals: nobody puts a bullet right before them."""
    marked = any(mark.kind == "share" or mark.written[0] in _DEGREES for mark in number.marks)
    return "," in number.raw or marked or bool(_TO_DEGREES.match(text, number.end))
