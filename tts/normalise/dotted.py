"""Abbreviations of single letters with marks between: U.B.N.D, T.P, đ.c, T/p, k/c; and initials.

"ông N.V.A" is a man whose name is kept back, whatever those letters mean elsewhere.
"""

import re

from tts.normalise.abbreviations import Company
from tts.normalise.letters import spell
from tts.normalise.lexicon import Lexicon
from tts.normalise.rules import Doubt, Rule, Said, SayInSource, after, before, rule, rule_in_source
from tts.normalise.units import UNITS

_LETTER = "[A-Za-zĐđƯư]"
# The last dot belongs to it before a small letter; before a capital only after a place.
_DOTTED = (
    rf"(?<![\w.@/&-])(?P<it>{_LETTER}(?:\.{_LETTER}){{1,7}}(?:\.(?=,|:| ?[a-zà-ỹđ]))?)(?![\w@])"
)
_PLACE_BEFORE_A_NAME = r"(?<![\w.])(?P<it>[Tt]\.[PpXx]\. ?)(?=[A-ZĐÀ-Ỹ])"
_SLASHED = rf"(?<![\w/.])(?P<it>{_LETTER}/{_LETTER}{{1,2}})(?![\w/.])"
# Of two letters only these: others are initials, shares and rates.
_SURE = frozenset({
    "TP", "TX", "TT", "ĐT", "ĐC", "HS", "GV", "BS", "TS", "GS", "TW", "TƯ", "QĐ", "NĐ", "NQ",
    "UB", "CTY", "KC", "SX", "DN",
})  # fmt: skip  # a list, read across
_SHORT = 2  # letters
_PERSON = re.compile(
    r"(?:ông|bà|anh|chị|em|cháu|bé|cô|chú|bác|dì|cụ|tên|nạn nhân|đối tượng|bị cáo|bị can|công dân"
    r"|học sinh|sinh viên|tài xế|lái xe|nghi phạm|vợ|chồng|con|tác giả|và|,)\s*\(?$",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"[A-ZĐÀ-Ỹ][a-zà-ỹđ]+ $")
_FIGURE = re.compile(r"\d\s?$")
_AGED = re.compile(r"\s?[,(]\s?(?:sinh năm|SN\b|s\.n|\d{1,3} tuổi)", re.IGNORECASE)
_OF_AN_ADDRESS = re.compile(
    r"\s?:?\s?(?:số\b|\d|thôn \S|xóm\b|bản\b|tổ\b|ấp\b|ngõ\b|đường\b|khu\b|khối\b|phố\b|nhà\b"
    r"|TDP|P\.|phường\b|xã\b|KP|QL|làng\b|km)",
    re.IGNORECASE,
)


def rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    """Initials of people first; then what the lexicon knows without its marks."""
    company = Company(lexicon)
    return (
        rule_in_source(r"(?<![\w/.])(?P<it>[Đđ][./][Cc])(?![\w/])", _address),
        rule_in_source(_PLACE_BEFORE_A_NAME, _known(company)),
        rule_in_source(_DOTTED, _known(company)),
        rule_in_source(_SLASHED, _known(company)),
        rule(r"(?<![\w.])(?P<it>[A-ZĐ]\.)(?=\s?[,;:(]|\s[a-zà-ỹđ])", _kept_back),
    )


def _address(match: "re.Match[str]", source: str) -> Said:
    """ "Đ/c" is a comrade, and before a house or a hamlet an address."""
    rest = source[match.end() : match.end() + 20]
    if _OF_AN_ADDRESS.match(rest) and "trưởng" not in rest.lower():
        return "địa chỉ"
    return "đồng chí"


def _known(company: Company) -> SayInSource:
    def say(match: "re.Match[str]", source: str) -> Said:
        letters = re.sub(r"[./ ]", "", match["it"])
        if "." in match["it"] and _is_a_person(match, source):
            return spell(letters)
        written = match["it"].rstrip(". ")
        if written in company.plain:
            return company.plain[written]
        token = letters.upper()
        known = len(token) > _SHORT or token in _SURE
        said = company.reading(token, match.span("it"), source) if known else None
        return said or _initials(match, letters)

    return say


def _initials(match: "re.Match[str]", letters: str) -> Said:
    """Letters with dots are spelled without pauses, small ones with a slash too, and reported."""
    if "." in match["it"]:
        return Doubt(spell(letters))
    rate = _FIGURE.search(before(match)) or set(match["it"].split("/")) <= UNITS.keys()
    plain = letters.isupper() or len(letters) > _SHORT
    return None if plain or rate else Doubt(spell(letters))


def _kept_back(match: "re.Match[str]") -> Said:
    """ "chị H. (35 tuổi)": the dot ends no sentence."""
    named = _PERSON.search(before(match)) or _NAME_BEFORE.search(before(match))
    if not named or after(match).lstrip(" ")[:1].isupper():  # "Ea Kao, T. Đắk Lắk"
        return None
    initial = match["it"][0]
    return initial if initial in "AEOUY" else spell(initial)


def _is_a_person(match: "re.Match[str]", source: str) -> bool:
    capitals = match["it"].replace(".", "").isupper()
    after = source[match.end("it") :][:20]
    return capitals and bool(_PERSON.search(before(match)) or _AGED.match(after))
