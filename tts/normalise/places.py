"""Kinds of places shortened before a name: TP. Lào Cai, P. Nam Cường, H. Văn Bàn, TT. Sa Pa."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.rules import MASK, Rule, Said, before, fixed, rule
from tts.normalise.syllables import is_syllable

_KINDS = {
    "t": "tỉnh", "tp": "thành phố", "tx": "thị xã", "tt": "thị trấn", "p": "phường",
    "q": "quận", "h": "huyện", "x": "xã", "ph": "phường", "th": "thôn", "kp": "khu phố",
    "kv": "khu vực",
    "đ": "đường",
}  # fmt: skip  # a table, read across
_DOTTED = r"(?<![\w.])((?i:TP|TX|TT|KP)|KV|Th|Đ|(?<!\d )đ|T|P|Q|H|X|p|q|h|x|t)\.\s?(?=(\w))"
_BARE = r"(?<![\w.])((?i:TP|TX|TT|KP)|KV) (?=(\w))"
# Of an office "P." is a room or a section: "P. Tiếp dân", "P. Kinh tế".
_SECTION = (
    r"(?<![\w.])P\.\s?(?=(?i:tiếp dân|tiếp công dân|văn hóa|kinh tế|tài chính|giáo dục|nội vụ|"
    r"tư pháp|hành chính|y tế|lao động|tài nguyên|công thương|dân tộc|thanh tra|tổ chức|họp|khám|"
    r"kế hoạch|kế toán|một cửa|quản lý|công an|cảnh sát|đào tạo|nông nghiệp|vh|nn|ld|lđ|gd|tn|kt|"
    r"tc|hc)(?!\w))"
)
# After a body even one small letter is its level: "UBND p Nam Cường".
_OF_A_BODY = r"(?<=UBND |HĐND |MTTQ )([tpqhxTPQHX]) (?=(\w)[a-zà-ỹ])"
# "P5, Q3": only in company of the next higher place.
_WARD = rf"(?<!\w)P(?P<ward>\d{{1,2}})(?=,? (?:Q\.?\s?\d|TP|TX|{MASK}|(?i:quận|thành phố|thị xã)))"
_DISTRICT = rf"(?<!\w)Q(?P<district>\d{{1,2}})(?=,? (?:TP|{MASK}|(?i:thành phố)))"
# Of a person "P." is a deputy: "P.CT UBND", "P. Giám đốc".
_DEPUTY = (
    r"(?<![\w.])P\.\s?(?=(?:GĐ|CT|BT|HT|(?i:giám đốc|chủ tịch|bí thư|hiệu trưởng|chủ nhiệm|trưởng))"
    r"(?!\w))"
)
# Behind a year of birth "q." is where one comes from: "(sn 1951, q. Thái Bình)".
_NATIVE = (
    rf"(?i:sinh năm|(?<!\w)s\.?n\.?):? ?(?:\d{{4}}|{MASK})[,;:]? (?P<it>[qQ]\.\s?)(?=[A-ZĐÀ-Ỹ])"
)
_ROOM = re.compile(r"\d{3}")  # no town has a hundred wards: "P.205" is a room
# A town's name has capitals throughout; a centre ("TT Y tế") has not.
_TOWN = re.compile(r"[^\W\d_]+ ([^\W\d_])")
# "Nguyễn T. H." hides a name.
_INITIAL = re.compile(r"[^\W\d]\.")
_SURNAME = re.compile(
    r"(?<!\w)(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lò|Giàng|Sùng"
    r"|Vàng|Thào|Triệu|Lường|Cầm|Hà|Đinh|Mùa)(?: (?:Văn|Thị))? $"
)
# No town is named in consonants: "TT.HĐND" is a committee.
_BODY = re.compile(r"(?i:[a-zđ]{2,6})(?!\w)")


# Of a party committee or a council "TT." are its standing members.
_STANDING = (
    r"(?<![\w.])TT[. ]\s?(?=(?:ĐU|HĐND|UBMTTQ|MTTQ|TU|HU"
    r"|(?i:đảng ủy|đảng uỷ|tỉnh ủy|tỉnh uỷ|huyện ủy|thành ủy|ban thường vụ))(?!\w))"
)


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Only before a capital, or a number for a ward or district ("P.5")."""
    return (
        fixed(_SECTION, "phòng "),
        fixed(_DEPUTY, "phó "),
        fixed(_NATIVE, "quê "),
        fixed(_STANDING, "thường trực "),
        rule(_WARD, lambda match: f"phường {cardinal(int(match['ward']))}"),
        rule(_DISTRICT, lambda match: f"quận {cardinal(int(match['district']))}"),
        rule(_OF_A_BODY, _say),
        rule(_DOTTED, _say),
        rule(_BARE, _say),
    )


def _say(match: "re.Match[str]") -> Said:
    kind, next_letter = match[1].lower(), match[2]
    numbered = next_letter.isdigit() and kind in ("p", "q", "kp", "kv")
    if kind == "p" and _ROOM.match(match.string, match.end()):
        return "phòng "
    town = _TOWN.match(match.string, match.end())
    if match[0] in ("đ.", "đ. ") or match[0].upper() == "TT ":
        named = town is not None and town[1].isupper()  # "đ. Hộ nghèo" is a point of a list
        if not named:
            return None
    if _INITIAL.match(match.string, match.end()) or _SURNAME.search(before(match)):
        return None
    body = _BODY.match(match.string, match.end())
    if body and body[0].isupper() and not is_syllable(body[0]):
        return "phòng " if match[0] == "P." else None
    return f"{_KINDS[kind]} " if next_letter.isupper() or numbered else None
