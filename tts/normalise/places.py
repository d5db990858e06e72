"""Kinds of places shortened before a name: TP. Lào Cai, P. Nam Cường, H. Văn Bàn, TT. Sa Pa."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.rules import Rule, Said, fixed, rule

_KINDS = {
    "t": "tỉnh", "tp": "thành phố", "tx": "thị xã", "tt": "thị trấn", "p": "phường",
    "q": "quận", "h": "huyện", "x": "xã", "ph": "phường", "th": "thôn", "kp": "khu phố",
    "đ": "đường",
}  # fmt: skip  # a table, read across
_DOTTED = r"(?<![\w.])(TP|Tp|tp|TX|Tx|TT|Tt|KP|Kp|Th|Đ|T|P|Q|H|X|p|q|h|x|t)\.\s?(?=(\w))"
_BARE = r"(?<![\w.])(TP|Tp|TX|Tx|TT|KP|Kp) (?=(\w))"
# Of an office "P." is a room or a section: "P. Tiếp dân", "P. Kinh tế".
_SECTION = (
    r"(?<![\w.])P\.\s?(?=(?i:tiếp dân|tiếp công dân|văn hóa|kinh tế|tài chính|giáo dục|nội vụ|"
    r"tư pháp|hành chính|y tế|lao động|tài nguyên|công thương|dân tộc|thanh tra|tổ chức|họp|khám|"
    r"kế hoạch|kế toán|một cửa|quản lý|công an|cảnh sát|đào tạo|nông nghiệp|vh|nn|ld|lđ|gd|tn|kt|"
    r"tc|hc)(?!\w))"
)
# "KP2": a quarter and its number.
_QUARTER = r"(?<!\w)KP(?P<number>\d{1,2})(?!\w)"
_ROOM = re.compile(r"\d{3}")  # no town has a hundred wards: "P.205" is a room
# A town's name has capitals throughout; a centre ("TT Y tế") has not.
_TOWN = re.compile(r"[^\W\d_]+ (?=[A-ZĐÀ-Ỹ])")


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Only before a capital, or a number for a ward or district ("P.5")."""
    return (
        fixed(_SECTION, "phòng "),
        rule(_QUARTER, _quarter),
        rule(_DOTTED, _say),
        rule(_BARE, _say),
    )


def _quarter(match: "re.Match[str]") -> Said:
    return f"khu phố {cardinal(int(match['number']))}"


def _say(match: "re.Match[str]") -> Said:
    kind, next_letter = match[1].lower(), match[2]
    numbered = next_letter.isdigit() and kind in ("p", "q", "kp")
    if kind == "p" and _ROOM.match(match.string, match.end()):
        return "phòng "
    if match[0] == "TT " and not _TOWN.match(match.string, match.end()):
        return None
    return f"{_KINDS[kind]} " if next_letter.isupper() or numbered else None
