"""Signs that stand for a word."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.rules import MASK, Doubt, Rule, Said, fixed, rule, rule_in_source

_NEXT_TO_A_NUMBER = rf"(?=\s?[-−]?(?:[\d{MASK}]|cấp|mức|bậc|loại|hạng))"

# Up to four digits: longer ones are codes and telephones.
_FIGURE_BEFORE = re.compile(r"(?<!\d)(?<!\d[ .\-])\d{1,4}$")
_FIGURE_AFTER = re.compile(r"\d{1,4}(?!\d|[ .\-]\d{3})")
# "thôn 1+2" are two.
_ADDED = (
    r"thôn|xóm|bản|tổ|khu|khu phố|lớp|khối|tháng|quý|khoản|điều|vòng|mũi|buổi|tiết|nhóm|đội|ca|đợt"
    r"|phòng|tầng|loại|hạng|vùng|khu vực"
)
# One of two; "ông/bà" speaks to both.
_EITHER = "(?:(?<=vợ)/(?=chồng)|(?<=cha)/(?=mẹ)|(?<=bố)/(?=mẹ))"
# "nhóm máu O+", or Rh with its sign in brackets
_GROUP = rf"(?:AB|[ABO]|{MASK}+)"
_BLOOD = rf"(?:(?i:nhóm(?: máu)?) (?:{_GROUP}[^.;\n]{{0,3}}){{0,4}}{_GROUP}|Rh)"
# "OCOP 3*", "khách sạn 5*"
_STARRED = re.compile(r"(?i:(?<!\w)(?:OCOP|khách sạn|hạng|chuẩn)(?!\w))[^\n.;]{0,40}[1-5]$")
_ARROW = "(?:[-=]{1,2}>|[→⇒➔➜►⟶])"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """A comparison or a sign of arithmetic is said; "/" between words is "hoặc" after "và"."""
    return (
        fixed(r"<(?i:dấu cách|cách)>", " dấu cách "),
        rule(r"<([a-zà-ỹđ]+(?: [a-zà-ỹđ]+){0,5})>", lambda match: f", {match[1]},"),
        fixed(rf"(?<=[\d{MASK}])\s?[-–—]\s?(?=(?:<=?|≤)\s?[\d{MASK}])", " đến "),
        fixed(rf"(?<=[\d{MASK}])\s?[-–—]\s?(?=(?i:hiện )?(?i:nay)(?!\w))", " đến "),  # "1999 - nay"
        fixed(r"≥|>=", " lớn hơn hoặc bằng "),
        fixed(rf"{_BLOOD}(?P<it>\s?\(?\+\)?)(?!\w)", " dương "),
        fixed(rf"{_BLOOD}(?P<it>\s?\(?[-–−]\)?)(?=\s*(?:[.,;:)]|$|và\b|hoặc\b))", " âm "),
        rule(r"\([-–−]\)", lambda _: Doubt("âm tính")),  # or a bullet, or nothing to enter
        fixed(r"≤|<=", " nhỏ hơn hoặc bằng "),
        fixed(rf"(?<=[\d{MASK}])\s?{_ARROW}\s?(?=[A-ZĐ]?[\d{MASK}])", " đến "),
        fixed(_ARROW, ","),
        fixed(rf">{_NEXT_TO_A_NUMBER}", " lớn hơn "),
        fixed(rf"<{_NEXT_TO_A_NUMBER}", " nhỏ hơn "),
        fixed(rf"(?<=[\d{MASK}])\s?<\s?(?=[^\W\d])", " nhỏ hơn "),  # "18 < tuổi"
        fixed(rf"(?<=[\d{MASK}])\s?>\s?(?=[^\W\d])", " lớn hơn "),
        fixed(rf"(?<![\w{MASK}])\+(?=[\d{MASK}])", " cộng "),
        fixed(rf"[~≈]{_NEXT_TO_A_NUMBER}", " khoảng "),
        rule_in_source(r"\s?/\s?", _over),
        fixed(rf"(?<=[\w{MASK}])\s?÷\s?(?=[-–−+]?[\d{MASK}])", " đến "),  # "+2°C ÷ +8°C"
        fixed("≠", " khác "),
        fixed(rf"√(?=\s?[\d{MASK}])", " căn bậc hai của "),
        fixed(rf"[∅Ø⌀](?=\s?[\d{MASK}])", " phi "),
        fixed("±", " cộng trừ "),
        fixed(rf"(?i:(?<!\w)(?:{_ADDED}) [\d{MASK}]{{1,3}})(?P<it>\s?\+\s?)(?=[\d{MASK}])", " và "),
        fixed("=", " bằng "),
        fixed(rf"(?<=[\w{MASK})])\s?\+\s?(?=[\w{MASK}])", " cộng "),
        fixed(rf"(?<=[\d{MASK}])\s?[×x]\s?(?=[\d{MASK}])", " nhân "),
        fixed(rf"(?<![\w{MASK}])[×x]\s?(?=[\d{MASK}])", "nhân "),
        fixed(rf"(?<=[\d{MASK}])\s?[×xX]\s?(?=\()", " nhân "),
        fixed(rf"(?<=[^\W\d]{{2}})\s[×x]\s(?=[\d{MASK}])", " nhân "),
        fixed(r"(?<=[^\W\d]{2})\s[×x]\s(?=[^\W\d]{2})", " nhân "),  # "diện tích x giá đất"
        fixed(rf"(?<=[\d{MASK}])\s[×x]\s(?=(?:hệ số|số|mức|đơn giá|diện tích)(?!\w))", " nhân "),
        fixed(rf"(?<=[\d{MASK}])\s(?P<it>[x×])(?=\s(?:rộng|cao|sâu|dày|dài)(?!\w))", "nhân"),
        fixed(r"(?i:dài|rộng|cao|sâu) (?P<it>[x×])(?= (?:rộng|cao|sâu|dày|dài)(?!\w))", "nhân"),
        fixed("&", " và "),
        fixed(r"\|", ","),
        fixed("%", " phần trăm "),
        fixed("°", " độ "),
        fixed(r"(?<=và)/(?=hoặc)", " "),
        fixed(rf"(?i:{_EITHER})", " hoặc "),
        fixed(rf"(?<=phím [\d{MASK}])#", " thăng "),
        rule_in_source(r"\*(?![\w*])", _star),
        fixed(r"(?<=[^\W_])_(?=[^\W_])", " gạch dưới "),
        fixed("§", " mục "),
        fixed("№", " số "),
    )


def _star(match: "re.Match[str]", source: str) -> Said:
    at = match.start()
    return " sao " if _STARRED.search(source[max(0, at - 60) : at]) else None


def _over(match: "re.Match[str]", source: str) -> Said:
    """Between two short figures that no family has joined; telephones are two."""
    start, end = match.span()
    figures = _FIGURE_BEFORE.search(source[max(0, start - 8) : start])
    return " trên " if figures and _FIGURE_AFTER.match(source, end) else None
