"""What stands on paper and is not said, or said in full: recipients, ruled lines, signatures."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.rules import Rule, Said, fixed, rule

# "Nơi nhận hồ sơ: …", "Nơi nhận: nhà văn hóa" tell people where to go. The list of copies has
# its own line before its dashes, or begins with "Như trên" or "Lưu". It stands below a text: what
# is nothing but such a list was given to be read.
_COPIES = r"(?:\n[ \t]*[-+•–][^\n]*)"
_RECIPIENTS = (
    rf"(?<=\n)[ \t]*(?:Nơi nhận|NƠI NHẬN)[ \t]*(?::?[ \t]*(?={_COPIES}|\n*\Z)"
    rf"|:[ \t]*[-+•–]?[ \t]*(?i:như trên|như điều|lưu\b)[^\n]*){_COPIES}*"
)
# "V/v" without its stroke, where a subject begins.
_SUBJECT = r"^[ \t]*[(“\"]?(?P<it>V[vV][:.]?)(?= [a-zà-ỹđ]{2,} |[^\S\n][A-ZĐÀ-Ỹ]{2,} [A-ZĐÀ-Ỹ])"
_ARCHIVE = r"(?<=\n)[ \t]*(?:[-+•–][ \t]*)?Lưu[ \t]*:?[ \t]*(?:VT|VP)\b[^\n]*"
# "Lưu: VT, KT (5b)": so many copies.
_COPIES_MADE = r"(?<=\()(\d{1,3})\s?b\.?(?=\))"
# A ruled line, and the dots or underscores that wait for a pen.
_RULED = r"^[ \t]*[-–—_=*~.•◦∗]{3,}[ \t]*$"
_BLANK = r"_{2,}|\.{4,}|…{2,}|\*{3,}|={3,}(?!>)"
# Nghị định 30/2020/NĐ-CP, phụ lục I: who signs for whom.
_SIGNED = {
    "TM": "thay mặt", "KT": "ký thay", "TL": "thừa lệnh", "TUQ": "thừa ủy quyền", "Q": "quyền",
}  # fmt: skip  # a table
_OFFICE = (
    r"chủ tịch|chánh|giám đốc|trưởng|phó|bí thư|hiệu trưởng|thủ trưởng|bộ trưởng|thủ tướng|tổng|"
    r"cục trưởng|chi cục|viện trưởng|chỉ huy|thống đốc|hạt trưởng|đồn trưởng"
)
_FOR_ANYONE = r"(?<![\w.])(?P<it>(TM|TUQ)[ ]?[./][ ]?)(?=[^\W\d_])"
_FOR_AN_OFFICE = (
    rf"(?<![\w.])(?P<it>(KT|TL|TUQ|Q|[KT][/.][TL]|T\.U\.Q)(?:[ ]?[./][ ]?|[ ]))(?=(?i:{_OFFICE})\b)"
)
_FOR_ALL = r"(?<![\w.])(?P<it>T/M|T\.M\.?(?= [Ủủ][Yy] |\s?UB|\s?HĐND|\s?BCH))(?=\s?[^\W\d_])"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Nghị định 30/2020/NĐ-CP, phụ lục I: "./." closes the text, "Nơi nhận" lists copies."""
    return (
        fixed(r"\s?\.\s?/\.?(?=\s*$)", "."),
        fixed(_SUBJECT, "về việc"),
        fixed(_RECIPIENTS, ""),
        fixed(_ARCHIVE, ""),
        rule(_COPIES_MADE, lambda match: f"{cardinal(int(match[1]))} bản"),
        fixed(_RULED, ""),
        fixed(_BLANK, ","),
        rule(_FOR_ANYONE, _signed),
        rule(_FOR_AN_OFFICE, _signed),
        fixed(_FOR_ALL, "thay mặt"),
    )


def _signed(match: "re.Match[str]") -> Said:
    return _SIGNED[re.sub("[/.]", "", match[2])]
