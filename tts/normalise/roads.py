"""Roads, kilometre posts and houses: QL32, ĐT.175, Km2+300, hẻm 15/2A."""

import re

from tts.normalise.letters import spell
from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.quantity import DASH
from tts.normalise.rules import Doubt, Rule, Said, before, rule

_KINDS = {"QL": "quốc lộ", "TL": "tỉnh lộ", "ĐT": "đường tỉnh", "ĐH": "đường huyện",
          "HL": "hương lộ", "ĐX": "đường xã", "CT": "cao tốc"}  # fmt: skip  # a table
_ROAD = (
    r"(?<!\w)(QL|TL|ĐT|ĐH|HL|ĐX|CT|[QT]\. ?lộ)[. ]{0,2}"
    r"(\d{1,3})([A-ZĐ]?)(?![\w/]|[.,]\d| \d{3})"
)
# "Mẫu CT01" declares where one lives, "tòa CT2A" is a house.
_FORM_BEFORE = re.compile(
    r"(?:mẫu|tờ khai|phiếu|biểu|tòa|toà|nhà|chung cư|block|lô|khối)(?: số)?\s*$", re.IGNORECASE
)
_KM = r"[Kk][Mm]\s?(\d{1,4})(?:\s?\+\s?(\d{1,3}))?"
# "5 km2", "người/km2" are areas.
_AND_TO = (
    rf"(?:{DASH}{_KM}|(?:-| - (?=\d+\s*(?:$|[.,;:)]|của|trên|thuộc|đường|QL)))(\d{{1,4}})(?!\+))?"
)
# "H3/Km21" is a post between two.
_POST = (
    r"(?:(?<![\w/])|(?<=[A-Z]\d/)|(?<=[A-Z]\d\d/))(?<!\d )"
    rf"(?!km[23](?!\d|\s?\+\s?\d)){_KM}{_AND_TO}(?!\w|[,.]\d)"
)

_DIKE = r"K(\d{1,3})\s?\+\s?(\d{1,3})"
_HOUSE = (
    r"(?<!\w)(?i:số nhà|nhà số|số|ngõ|ngách|hẻm|kiệt) "
    r"(?P<it>\d{1,4}[A-ZĐ]?(?:/\d{1,4}[A-ZĐ]?){0,2}/\d{1,4}[A-ZĐ])(?![\w/-])"
)


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Luật Đường bộ 35/2024/QH15: QL, ĐT, ĐH, ĐX; posts as on the stones."""
    return (
        rule(_ROAD, _road),
        rule(_POST, _post),
        rule(rf"(?<![\w/]){_DIKE}(?:{DASH}{_DIKE})?(?!\w)", _dike),
        rule(_HOUSE, _house),
    )


def _road(match: "re.Match[str]") -> Said:
    kind, number, branch = match.groups()
    if kind == "CT" and (len(number) < 2 or _FORM_BEFORE.search(before(match))):
        return None  # expressways have two digits (Quyết định 1454/QĐ-TTg)
    kind = f"{kind[0]}L" if kind.endswith("lộ") else kind  # "Q.lộ 1A"
    said = f"{_KINDS[kind]} {cardinal(int(number))}"
    if re.search(rf"{_KINDS[kind]}\s*\(?$", before(match).lower()):
        said = cardinal(int(number))
    elif before(match).lower().rstrip().endswith("đường"):
        said = said.removeprefix("đường ")
    return f"{said} {spell(branch)}" if branch else said


def _post(match: "re.Match[str]") -> Said:
    kilometre, metres, to_kilometre, to_metres, bare = match.groups()
    said = _place(kilometre, metres)
    if bare:  # "Km5-7"
        rises = int(bare) > int(kilometre)
        return (
            f"{said} đến {cardinal(int(bare))}"
            if rises
            else Doubt(f"{said}, {cardinal(int(bare))}")
        )
    return f"{said} đến {_place(to_kilometre, to_metres)}" if to_kilometre else said


def _dike(match: "re.Match[str]") -> Said:
    """ "đê K15+200-K18+700"."""
    ends = [(match[1], match[2]), *([(match[3], match[4])] if match[3] else [])]
    return " đến ".join(_place(kilometre, metres) for kilometre, metres in ends)


def _place(kilometre: str, metres: str | None) -> str:
    said = f"ki lô mét {cardinal(int(kilometre))}"
    return f"{said} cộng {cardinal(int(metres))}" if metres else said


def _house(match: "re.Match[str]") -> Said:
    parts = (re.fullmatch(r"(\d+)([A-ZĐ]?)", part) for part in match["it"].split("/"))
    said = (f"{cardinal(int(part[1]))} {spell(part[2])}".strip() for part in parts if part)
    return " trên ".join(said)
