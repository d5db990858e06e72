"""E-mail and web addresses: said as they are typed, with the marks by name."""

import re

from tts.normalise import address_words
from tts.normalise.lexicon import Lexicon, standard
from tts.normalise.numerals import digit_by_digit
from tts.normalise.rules import Doubt, Rule, Said, rule
from tts.normalise.syllables import can_be_read, is_syllable
from tts.normalise.variants import variants

_MARKS = {
    "@": "a còng",
    ".": "chấm",
    "/": "gạch chéo",
    "-": "gạch ngang",
    "_": "gạch dưới",
    ":": "hai chấm",
    "?": "hỏi chấm",
    "=": "bằng",
    "&": "và",
    "+": "cộng",
    "%": "phần trăm",
    "#": "thăng",
    "~": "ngã",
}
# Parts that everyone says the same way.
_KNOWN = {
    "vn": "vê en", "gov": "gờ o vê", "com": "com", "org": "o rờ gờ", "net": "nét", "edu": "e đu",
    "www": "ba vê kép", "https": "", "http": "", "gmail": "gi meo", "dichvucong": "dịch vụ công",
    "chinhphu": "chính phủ", "yahoo": "da hu", "facebook": "phây búc", "zalo": "da lô",
    "youtube": "diu túp", "vneid": "vê nờ e i đê", "baohiemxahoi": "bảo hiểm xã hội",
    "ubnd": "u bê nờ dê", "thuedientu": "thuế điện tử", "phapluat": "pháp luật",
    "gdt": "giê dê tê",
}  # fmt: skip  # a table, read across
# "ubndxabanxeo": a body, and its place in syllables.
_OF_A_BODY = re.compile(r"(ubnd|hdnd|mttq|bchqs|thcs|thpt|ttyt|ttvh|htx)([a-z]{2,})")
_VOWEL = re.compile("[aeiouy]")
_SPELLED = 4  # letters at most of an abbreviation that is no word: moj, evn
# A label begins with a letter or digit, and no match begins within one: linear in any text.
_LABEL = "[A-Za-z0-9][A-Za-z0-9-]{0,62}"
_HOST = rf"{_LABEL}(?:\.{_LABEL}){{0,6}}\.(?i:vn|com|net|org|edu|gov|info)"
_SHORT_LINK = r"(?:zalo\.me|m\.me|fb\.me|fb\.com|bit\.ly|youtu\.be)"
_EMAIL = rf"(?<![\w.+-])[A-Za-z0-9_.+-]{{1,64}}@{_HOST}(?!\w)"
_URL = rf"(?<![\w.@-])(?:https?://(?:{_LABEL}\.){{1,6}}[a-zA-Z]{{2,16}}(?!\w)|(?:https?://|www\.)?(?:{_SHORT_LINK}|{_HOST}))(?:/[A-Za-z0-9_./?=&%#~+-]*[A-Za-z0-9_/])?(?![\w@])"

# An ending alone: "đuôi .gov.vn".
_ENDING = r"(?<![\w.@-])\.(?:(?:gov|com|edu|org|net)(?:\.vn)?|vn)(?![\w@-]|\.\w)"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Addresses are told by a known ending, so that "xã.Sau" is not taken for one."""
    return rule(_EMAIL, _say), rule(_URL, _say), rule(_ENDING, _say)


def _say(match: "re.Match[str]") -> Said:
    parts = re.findall(r"[^\W\d_]+|\d+|[^\w\s]|_", re.sub(r"^https?://", "", match[0]))
    nearby = address_words.names_in(match.string)
    said = " ".join(filter(None, (_part(part, nearby) for part in parts)))
    return said if all(_readable(part, nearby) for part in parts) else Doubt(said)


def _readable(part: str, nearby: address_words.Nearby) -> bool:
    low = part.lower()
    known = part in _MARKS or part.isdigit() or low in _KNOWN or is_syllable(part)
    return known or address_words.said(low, nearby)[1]


def _part(part: str, nearby: address_words.Nearby) -> str:
    if part.isdigit():
        return digit_by_digit(part)
    low = part.lower()
    if set_piece := _MARKS.get(part) or _KNOWN.get(low):
        return set_piece
    body = _OF_A_BODY.fullmatch(low)
    if body and (place := address_words.said(body[2], nearby)[0]):
        return f"{_KNOWN.get(body[1], address_words.spelled(body[1]))} {place}"
    if low in variants(standard()) or not _VOWEL.search(low):
        return address_words.spelled(part)
    as_it_is = can_be_read(low) or len(low) > _SPELLED
    return address_words.said(low, nearby)[0] or (low if as_it_is else address_words.spelled(part))
