"""Codes of legal documents: 49/2024/NĐ-CP, 45/UBND-VHXH, 57-NQ/TW, 45/2019/QH14.

An announcer names the kind of document once and turns the rest into who issued it.
"""

import re

from tts.normalise.letters import spell
from tts.normalise.lexicon import Lexicon
from tts.normalise.offices import NUMBERED, office
from tts.normalise.quantity import say_number
from tts.normalise.rules import MASK, Doubt, Rule, Said, after, before, rule

# Forms of Nghị định 30/2020/NĐ-CP, phụ lục III (state) and Hướng dẫn 36-HD/VPTW (party);
# people type spaces around the marks.
_NAME = r"[A-ZĐƯ][A-ZĐƯa-z]*\d*"
_TAIL = rf"{_NAME}(?:\s?[-–]\s?(?=[A-ZĐ]{{2}}){_NAME})?(?:[-–&./]{_NAME})*"
_STATE = (
    rf"(?<![\w/])(\d{{1,7}}(?:\.\d{{1,2}})?[a-zA-Z]?)\s?/\s?(?:(\d{{4}})\s?/\s?)?({_TAIL})(?![\w/])"
)
_PARTY = rf"(?<![\w/])(\d{{1,5}})\s?-\s?({_NAME})/({_TAIL})(?![\w/])"
_UNNUMBERED = rf"(?i:(?<!\w)số:?)[ .…]{{1,40}}(?P<it>/(?:\d{{4}}/)?({_TAIL}))(?![\w/])"
# "… số 10/2026/QĐ-UBND ngày 3/2/2026 của UBND tỉnh": the text names the issuer itself; "của xã"
# does not.
_DATED = r"(?:,?\s*ngày [\d/.\- ]+(?:tháng \d+ năm \d+)?\s*)?"
_A_PLACE = (
    r"(?i:xã|phường|tỉnh(?! [uủ])|huyện|thành phố|đặc khu|thị trấn|địa phương|cấp trên)(?!\w)"
)
_ISSUER_FOLLOWS = re.compile(rf"\s*{_DATED}của (?!{_A_PLACE})")
# "QH15" names the term of the house, which the text behind it does not: "của Quốc hội".
_HOUSE = r"(?i:của (?:Quốc hội|UBTVQH|(?:ủy|uỷ) ban thường vụ Quốc hội)(?!\w))"
_TERM = r"(?i: (?:khóa|khoá)\b)"
_TERM_FOLLOWS = re.compile(rf"\s*{_DATED}{_HOUSE}{_TERM}")
# Before the second of two codes: "100/2019/NĐ-CP, 123/2021/NĐ-CP".
_SAME_KIND = re.compile(rf"(?:/|\d-)({_NAME})[^\s,;]*(?:,| và|, và|;) $")
# What is decided rather than who decides.
_MATTERS = frozenset({"XPHC", "XPVPHC", "VPHC", "XLVPHC", "TTHC", "GPMB", "PCCC"})
_NUMBER_BEFORE = re.compile(r"(?:số|Số|SỐ)[:\s]*$")


def rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    """Rules that know the kinds and issuers of the lexicon."""

    def state(match: "re.Match[str]") -> Said:
        number, year, tail, _ = match.groups()
        return _say(match, number, year, _parts(tail, lexicon), lexicon)

    def party(match: "re.Match[str]") -> Said:
        number, kind, tail = match.groups()
        if " " in match[0] and kind not in lexicon.documents:
            return None
        return _say(match, number, None, [kind, *_parts(tail, lexicon)], lexicon)

    def unnumbered(match: "re.Match[str]") -> Said:
        """A form whose number is still to be written is reported."""
        return Doubt(_who(_parts(match[2], lexicon), lexicon)[0])

    return (
        rule(_PARTY, party),
        rule(rf"{_STATE}(?P<to>(?:(?<=\d)\s{_HOUSE}(?!{_TERM}))?)", state),
        rule(_UNNUMBERED, unnumbered),
    )


def _parts(tail: str, lexicon: Lexicon) -> list[str]:
    """ "NĐ-CP" → NĐ, CP; so is "NĐCP", which people type too."""
    parts = re.split(r"\s?[-–./]\s?", tail)
    if len(parts) == 1 and not office(parts[0], lexicon):
        for kind in lexicon.documents:
            rest = parts[0].removeprefix(kind)
            if rest != parts[0] and (rest in lexicon.issuers or rest in lexicon.abbreviations):
                return [kind, rest]
    return parts


def _say(
    match: "re.Match[str]", number: str, year: str | None, parts: list[str], lexicon: Lexicon
) -> Said:
    if not year and len(parts) == 1 and not _is_body(parts[0], lexicon):
        return None  # "3/T", "7/A": an address or a class rather than a law
    said = " ".join(filter(None, [_digits(number), _letter(number)]))
    if year:
        said += f" năm {say_number(year)}"
    kind = lexicon.documents.get(parts[0]) if len(parts) > 1 or year else None
    left = before(match, 60)
    if kind and _NUMBER_BEFORE.search(left) and not _is_told(left, lexicon):
        said = f"{said}, {kind}"
    elif kind and _is_listed(left, parts[0]):
        said = said if year else f"số {said}"
    elif kind and not _is_named(left, lexicon):
        said = f"{kind} số {said}"
    issuer, sure = _who(parts[1:] if kind else parts, lexicon)
    right = after(match, 80)
    if sure and (not issuer or _TERM_FOLLOWS.match(right)):
        return said
    if sure and _ISSUER_FOLLOWS.match(right) and not NUMBERED.fullmatch(parts[-1]):
        return f"{said}, khóa{issuer.partition(' khóa')[2]}," if " khóa " in issuer else said
    return f"{said} {issuer}" if sure else Doubt(f"{said} {issuer}")


def _is_body(letters: str, lexicon: Lexicon) -> bool:
    return letters in lexicon.issuers or (len(letters) > 2 and office(letters, lexicon) is not None)


def _digits(number: str) -> str:
    """ "45", "45a"; the resolutions of a law's trial have a point: "66.6"."""
    return " chấm ".join(map(say_number, re.findall(r"\d+", number)))


def _letter(number: str) -> str:
    return spell(number[-1]) if number[-1].isalpha() else ""


def _who(parts: list[str], lexicon: Lexicon) -> tuple[str, bool]:
    """The issuer and the office that drafted; whether all are known. Others are spelled out."""
    kind = lexicon.documents.get(parts[0], "") if len(parts) > 1 else ""
    names = [office(part, lexicon) for part in (parts[1:] if kind else parts)]
    letters = parts[1:] if kind else parts
    said = ", ".join(name or spell(part) for name, part in zip(names, letters, strict=True))
    owned = f"của {said}" if names and names[0] and letters[0] not in _MATTERS else said
    return " ".join(filter(None, [kind, owned])), all(names)


def _is_named(left: str, lexicon: Lexicon) -> bool:
    """Whether the kind has just been said: "Nghị định số", "QĐ", "Luật"."""
    left = left.rstrip(" :")
    if _NUMBER_BEFORE.search(left) or left.endswith(MASK):
        return True
    return left.lower().endswith((*lexicon.documents.values(), "luật", "liên ngành", "liên tịch"))


def _is_listed(left: str, kind: str) -> bool:
    """Whether the code before is of the same kind; no announcer repeats it."""
    same = _SAME_KIND.search(left)
    return bool(same and same[1] == kind)


def _is_told(left: str, lexicon: Lexicon) -> bool:
    """Whether the line has named a kind; "Số: 45/TB-UBND" at the head of a paper has not."""
    line = left.rpartition("\n")[2].lower()
    return MASK in line or any(kind in line for kind in (*lexicon.documents.values(), "văn bản"))
