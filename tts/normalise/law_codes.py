"""Codes of legal documents: 49/2024/NĐ-CP, 45/UBND-VHXH, 57-NQ/TW, 45/2019/QH14.

An announcer names the kind of document once and turns the rest into who issued it.
"""

import re
from collections.abc import Iterator

from tts.normalise.letters import spell
from tts.normalise.lexicon import Lexicon
from tts.normalise.quantity import say_number
from tts.normalise.rules import Doubt, Rule, Said, after, before, rule

# Forms of Nghị định 30/2020/NĐ-CP, phụ lục III (state) and Hướng dẫn 36-HD/VPTW (party).
_NAME = r"[A-ZĐƯ][A-ZĐƯa-z]*"
_TAIL = rf"{_NAME}\d*(?:[-–&.]{_NAME}\d*)*"
_STATE = rf"(?<![\w/])(\d{{1,5}}[a-z]?)/(?:(\d{{4}})/)?({_TAIL})(?![\w/])"
_PARTY = rf"(?<![\w/])(\d{{1,5}})-({_NAME})/({_TAIL})(?![\w/])"
_TERM = re.compile(r"([A-Z]+?)(\d{1,2})")
# "… số 10/2026/QĐ-UBND ngày 3/2/2026 của UBND tỉnh": the text names the issuer itself.
_ISSUER_FOLLOWS = re.compile(r"\s*(?:,?\s*ngày [\d/.\- ]+(?:tháng \d+ năm \d+)?\s*)?của ")


def rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    """Rules that know the kinds and issuers of the lexicon."""

    def state(match: "re.Match[str]") -> Said:
        number, year, tail = match.groups()
        return _say(match, number, year, _parts(tail), lexicon)

    def party(match: "re.Match[str]") -> Said:
        number, kind, tail = match.groups()
        return _say(match, number, None, [kind, *_parts(tail)], lexicon)

    return rule(_PARTY, party), rule(_STATE, state)


def _parts(tail: str) -> list[str]:
    return re.split(r"[-–.]", tail)


def _say(
    match: "re.Match[str]", number: str, year: str | None, parts: list[str], lexicon: Lexicon
) -> Said:
    if not year and len(parts) == 1 and parts[0] not in lexicon.issuers:
        return None  # "3/T", "7/A": an address or a class rather than a law
    digits = number.rstrip("abcdefghijklmnopqrstuvwxyz")
    said = " ".join(filter(None, [say_number(digits), spell(number[len(digits) :])]))
    if year:
        said += f" năm {say_number(year)}"
    kind = lexicon.documents.get(parts[0]) if len(parts) > 1 or year else None
    named = re.search(r"(?:số|Số|SỐ)[:\s]*$", before(match)) or _is_named(match, kind)
    offices = list(_offices(parts[1:] if kind else parts, lexicon))
    if kind and not named:
        said = f"{kind} số {said}"
    unknown = [office for office in offices if office is None]
    if unknown:
        return Doubt(f"{said}, {spell(' '.join(parts))}")
    if not offices or _ISSUER_FOLLOWS.match(after(match)):
        return said
    return f"{said} của {', '.join(filter(None, offices))}"


def _is_named(match: "re.Match[str]", kind: str | None) -> bool:
    return bool(kind) and before(match).lower().rstrip().endswith(str(kind))


def _offices(parts: list[str], lexicon: Lexicon) -> Iterator[str | None]:
    """Each issuer's full name; a National Assembly's term is told from its number."""
    for part in parts:
        term = _TERM.fullmatch(part)
        if part in lexicon.issuers or part in lexicon.abbreviations:
            yield lexicon.issuers.get(part) or lexicon.abbreviations[part]
        elif term and term[1] in ("QH", "UBTVQH"):
            house = "Quốc hội" if term[1] == "QH" else lexicon.issuers["UBTVQH"]
            yield f"{house} khóa {say_number(term[2])}"
        else:
            yield None
