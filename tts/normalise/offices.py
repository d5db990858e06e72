"""Who issued a document, from the letters of its code: UBND, SNNMT, CTUBND, BCHPTDS, QH15."""

import re
from functools import lru_cache

from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal

_TERM = re.compile(r"(QH|UBTVQH)(\d{1,2})")
# Bodies are named after what they lead or serve.
_LEADING = {
    "BCHQS": "ban chỉ huy quân sự", "BCH": "ban chỉ huy", "BCĐ": "ban chỉ đạo",
    "BQL": "ban quản lý", "BTV": "ban thường vụ", "CT": "chủ tịch", "VP": "văn phòng",
    "TT": "trung tâm", "CA": "công an", "P": "phòng", "T": "trạm",
}  # fmt: skip  # a table, read across
_LEVELS = {"X": "xã", "P": "phường", "T": "tỉnh", "H": "huyện", "TP": "thành phố", "TX": "thị xã"}
# In a text, away from a code, only these are put together: their letters mean nothing else.
_BODIES = frozenset({
    "UBND", "HĐND", "MTTQ", "UBMTTQ", "HLHPN", "HCCB", "UBBC", "BCHQS", "THADS",
    "TAND", "VKSND",
})  # fmt: skip  # a list, read across
_HEADS = {"CT": "chủ tịch", "PCT": "phó chủ tịch", "VP": "văn phòng", "TT": "thường trực"}
_SHORTEST = 2
"""Letters of a part that is worth knowing: one letter may stand for anything."""


def office(letters: str, lexicon: Lexicon) -> str | None:
    """The full name; None if neither the lexicon nor its parts know it."""
    term = _TERM.fullmatch(letters)
    if term:
        house = "Quốc hội" if term[1] == "QH" else lexicon.issuers["UBTVQH"]
        return f"{house} khóa {cardinal(int(term[2]))}"
    numbered = NUMBERED.fullmatch(letters)
    if numbered and letters not in lexicon.issuers:
        return f"{lexicon.issuers[numbered[1]]} {cardinal(int(numbered[2]))}"
    return _known(letters, lexicon) or _department(letters, lexicon) or _composed(letters, lexicon)


# "BCĐ35", "BCĐ389": steering committees are called by the number of the decision about them.
NUMBERED = re.compile(r"(BCĐ)(\d{2,4})")


@lru_cache(maxsize=8)  # as many as `read` keeps rules for
def glued(lexicon: Lexicon) -> dict[str, str]:
    """Bodies with their level, their head or both: UBNDTP, PCTUBND, CTUBNDX."""
    return {
        head + body + level: " ".join(filter(None, (role, _known(body, lexicon), place)))
        for head, role in {**_HEADS, "": ""}.items()
        for body in _BODIES
        for level, place in {**_LEVELS, "": ""}.items()
        if head or level
    }


def _known(letters: str, lexicon: Lexicon) -> str | None:
    return lexicon.issuers.get(letters) or lexicon.abbreviations.get(letters)


def _department(letters: str, lexicon: Lexicon) -> str | None:
    """A province's "sở" has the letters of its ministry."""
    ministry = lexicon.issuers.get("B" + letters[1:], "") if letters[0] == "S" else ""
    return f"sở {ministry.removeprefix('Bộ ').lower()}" if ministry.startswith("Bộ ") else None


def _composed(letters: str, lexicon: Lexicon) -> str | None:
    """ "CTUBND" is "chủ tịch" and UBND, "CAX" is "công an" and "xã"."""
    for head, said in _LEADING.items():
        rest = letters.removeprefix(head)
        if rest == letters:
            continue
        if not rest or rest in _LEVELS:
            return f"{said} {_LEVELS.get(rest, '')}".rstrip() if len(letters) > 1 else None
        known = _known(rest, lexicon) if len(rest) >= _SHORTEST else None
        if known:
            return f"{said} {known}"
    level = next((level for level in _LEVELS if letters.endswith(level)), "")
    body = _known(letters.removesuffix(level), lexicon) if level else None
    return f"{body} {_LEVELS[level]}" if body else None
