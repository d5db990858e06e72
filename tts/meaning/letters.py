"""Words of the source that carry meaning where they are not said as they stand."""

import re

from tts.meaning.covered import covered
from tts.meaning.marks import unit
from tts.meaning.sounds import Cardinal, Form, phrase
from tts.meaning.want import Span, Want
from tts.meaning.words import NEGATIONS, is_charged, words

_MARK = re.compile(r"[-–—−→÷%‰]|(?<!\*)\*\*(?!\*)|/(?:\s?([^\W\d_]+)(?!\w))?")
_IN_WORDS = re.compile(r"(?<=\d)\s?\([^()\d]*\)")  # "02 (hai) năm": said once
_PLAIN = "Chữ"
_SHARES = {"%": phrase("phần trăm"), "‰": phrase("phần nghìn")}
_PERIODS = {
    word: phrase(word) for word in ("giây", "phút", "giờ", "ngày", "tuần", "tháng", "quý")
} | {"h": phrase("giờ|tiếng"), "s": phrase("giây")}
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_OF_A_YEAR = re.compile(r"(?<=[IVX])-(?:19|20)\d\d(?!\d)")  # "quý IV-2026"
# At the end of an abbreviation ("BSCKII"), or before the letter of a branch ("nhóm IIA").
_RANK = re.compile(r"(?<=[A-ZĐ])(?:I{1,3}|IV)$|^(?:I{1,3}|IV)(?=[A-Ca-c]$)")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_LETTERS = {"I": "i", "V": "vê|vờ", "X": "ích xì|xờ|ích", "L": "e lờ|lờ|en lờ"}
# Units that stand for themselves ("/km", "Km45") may say their thousand or thousandth.
_PREFIXES = {"k": "ki lô", "c": "xăng ti|xen ti", "m": "mi li|mê ga"}
_PREFIXED = re.compile(r"k(?:m|g|v|va|w|wh|hz|bps)|cm|m(?:m|g|l|w|wh|hz|bps)", re.IGNORECASE)
_POST_AFTER = re.compile(r"\d{1,3}\s?\+\s?\d")  # "đê K12+300"
_QUOTED = re.compile("[\"“'‘«(][-–][\"”'’»)]")  # 'dấu "-"'
# Syllables of a name in an address that sound like numbers: "xadonghai.gov.vn".
_ADDRESS = re.compile(r"\w@\w|\w\.(?:vn|com|net|org|edu|gov)(?!\w)|https?:|www\.", re.IGNORECASE)
_LIKE_A_NUMBER = re.compile("hai|ba|linh", re.IGNORECASE)
_SHORT_NOT = frozenset({"ko", "k", "hok"})


def word_wants(text: str, span: Span, taken: frozenset[int]) -> list[Want]:
    """Charged words, Roman numerals and the slashes of rates inside a span.

    `taken` are the characters that other wants already cover.
    """
    found: list[Want] = []
    repeated = covered(match.span() for match in _IN_WORDS.finditer(text, *span))
    for match in _WORD.finditer(text, *span):
        if match.start() not in taken:
            want = _literal(match) or _roman(match)
            again = want and match.start() in repeated and want.name == _PLAIN
            found += [want.optional() if again else want] if want else []
    for match in _MARK.finditer(text, *span):
        if match.start() not in taken:
            found += _of_mark(match)
    if _ADDRESS.search(text[slice(*span)]):
        found += [
            Want(match.span(), ((phrase(match[0].lower()),),), _PLAIN).optional()
            for match in _LIKE_A_NUMBER.finditer(text, *span)
            if match.start() not in taken
        ]
    if "www" in text[slice(*span)].lower():
        found.append(Want((span[0], span[0]), ((phrase("ba vê kép"),),), "Chữ").optional())
    return found


def _of_dash(match: "re.Match[str]") -> Want:
    """A range, the year behind a quarter, or the sign itself: 'dấu "-"'."""
    place = match.start(), match.start() + 1
    if _QUOTED.match(match.string, max(0, place[0] - 1)):
        return Want(place, ((phrase("trừ"),),), "Dấu trừ")
    if _OF_A_YEAR.match(match.string, place[0]):
        return Want(place, ((phrase("năm|đến"),),), "Năm").optional()
    return Want(place, ((phrase("đến"),),), "Khoảng").optional()


def _of_mark(match: "re.Match[str]") -> list[Want]:
    """A dash may be "đến"; a slash before a word says "một" and the period or unit after it."""
    at = match.start()
    if match[0] in _SHARES:
        return [Want((at, at + 1), ((_SHARES[match[0]],),), "Phần trăm").optional()]
    if match[0] == "**":
        return [Want((at, at + 2), ((phrase("hai"),),), "Hai sao").optional()]
    if match[0] in "-–—−→÷":
        return [_of_dash(match)]
    if match.string[at + 1 :][:1].isdigit():
        return [Want((at, at + 1), ((phrase("năm"),),), "Năm").optional()]
    of_a_code = re.match(r"\d/[A-ZĐ]{2}", match.string[max(0, at - 1) : at + 3])  # "01/ĐK"
    ways = phrase("trên" if of_a_code else "một|mỗi|trên")
    each = Want((at, at + 1), ((ways,),), "Dấu gạch chéo").optional()
    short = re.search(r"(?<!\w)[^\W\d_]$", match.string[max(0, at - 2) : at])  # "t/h"
    per = None if short else _PERIODS.get(match[1]) or unit(match[1] or "")
    return [each, Want((at, match.end()), ((per,),), "Đơn vị")] if per else [each]


def _literal(match: "re.Match[str]") -> Want | None:
    said = words(match[0])
    if match[0] == "K" and _POST_AFTER.match(match.string, match.end()):
        return Want(match.span(), ((phrase("ki lô mét|ca|cây số"),),), "Đơn vị")
    if match[0].lower() in _SHORT_NOT:
        return Want(match.span(), ((phrase("không"),),), "Chữ").optional()
    if match[0] in ("Km", "km") and re.match(r"\s?\d", match.string[match.end() :]):
        return Want(match.span(), ((phrase("ki lô mét|kilômét|cây số|km"),),), "Đơn vị")
    if _PREFIXED.fullmatch(match[0]):
        prefix = phrase(_PREFIXES[match[0][0].lower()])
        return Want(match.span(), ((prefix,),), "Đơn vị").optional()
    if len(said) != 1 or not is_charged(said, 0):
        return None
    name = "Chữ phủ định" if said[0] in NEGATIONS else _PLAIN
    return Want(match.span(), ((phrase(said[0]),),), name)


def _roman(match: "re.Match[str]") -> Want | None:
    listed = match[0].islower() and match.string[match.end() :][:1] == ")"
    numeral = match[0].upper() if listed else match[0]
    if not _ROMAN.fullmatch(numeral):
        rank = _RANK.search(numeral)
        place = (match.start() + rank.start(), match.start() + rank.end()) if rank else match.span()
        return Want(place, ((Cardinal(_value(rank[0])),),), "Số La Mã").optional() if rank else None
    spelled: Form = tuple(phrase(_LETTERS[letter]) for letter in numeral)
    want = Want(match.span(), ((Cardinal(_value(numeral)),), spelled), "Số La Mã")
    # "XL" is seldom forty: a size, and works that are built
    return want if len(numeral) > 1 and numeral != "XL" else want.optional()


def _value(numeral: str) -> int:
    values = [_VALUES[letter] for letter in numeral]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-v if v < after else v for v, after in pairs)
