"""Heading: the name that a notice gives itself in its first lines, past the office and "V/v"."""

import re

_ABOUT = re.compile(r"(?:V/v|Về việc)[:\s]+(.+)", re.IGNORECASE)
_OFFICE = re.compile(
    r"(?:ỦY BAN|UBND|HĐND|HỘI|MẶT TRẬN|UBMTTQ|ĐẢNG|TRẠM|TRƯỜNG|CÔNG AN|BAN|THÔN|TỔ DÂN PHỐ"
    r"|CỘNG HÒA|ĐỘC LẬP|SỐ[:\s])\b.*|THÔNG BÁO|CÔNG ĐIỆN",
    re.IGNORECASE,
)
_LONGEST_HEADING = 5  # lines: office, motto, number, "THÔNG BÁO", what about


def heading_of(text: str) -> str:
    """What to call the bulletin; "" for a text without a line.

    The heading is what stands before the first empty line. In capitals throughout it is written
    small: a list of capitals is hard to read.
    """
    head, _, rest = text.strip().partition("\n\n")
    lines = [" ".join(line.split()) for line in head.splitlines()]
    if not rest or len(lines) > _LONGEST_HEADING:
        lines = lines[:1]
    for line in lines:
        if found := _ABOUT.fullmatch(line):
            return found[1][0].upper() + found[1][1:]
    telling = [line for line in lines if not _OFFICE.fullmatch(line)] or lines or [""]
    return telling[-1].capitalize() if telling[-1].isupper() else telling[-1]
