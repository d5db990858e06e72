"""Lines that an e-mail program broke are one paragraph: they are joined before anything is read."""

import re
from itertools import pairwise

# Programs break at 60 to 80 characters, earlier before a long word; a shorter line was ended by
# its author.
_SHORTEST = 40
_SHORTEST_BEFORE_A_CAPITAL = 50
# The lines that are found need not reach the width at which they were broken.
_SLACK = 6
_ENDED = re.compile(r"[.!?:;…\"”]\s*$")
# No line ends so, whatever its length.
_DANGLING = re.compile(
    r"(?:(?<!\w)(?:và|hoặc|của|tại|từ|đến|lúc|theo|do|cho|với|các|những|để|vào|ngày|khoản|điều|số)"
    r"|, (?:xã|phường|huyện|tỉnh|thành phố))\s*$"
)
_POINT = re.compile(
    r"\s*(?:[-–—*•●▪◦✓+]|\(?\d{1,2}[.)/](?!\d)|\(?[a-zđA-ZĐ][.)/]|\(?[ivxIVX]{1,5}[.)/]"
    r"|(?:Điều|Chương|Mục|Phần|Câu|Hỏi|Đáp|Trả lời|Nơi nhận|Kính)\b|[HĐQA]:)"
)
_FIRST_WORD = re.compile(r"\s*(\S+)")


def joined(text: str) -> str:
    """The text, as long as before, with a space where a line was broken for its length alone."""
    if "\n" not in text:
        return text
    lines = text.split("\n")
    flows = [_goes_on(line, following) for line, following in pairwise(lines)]
    widths = [len(line) for line, flow in zip(lines, flows, strict=False) if flow]
    if widths:
        width = max(widths)
        flows = [
            flow or _fills(line, following, width)
            for flow, line, following in zip(flows, lines, lines[1:], strict=False)
        ]
    marks = [" " if flow else "\n" for flow in flows]
    return "".join(part for pair in zip(lines, [*marks, ""], strict=True) for part in pair)


def _goes_on(line: str, following: str) -> bool:
    """The next line begins with a small letter, or this one with what cannot end it."""
    if not _may_be_joined(line, following):
        return False
    first = following.lstrip()[:1]
    return (len(line) >= _SHORTEST and first.islower()) or bool(_DANGLING.search(line[-24:]))


def _fills(line: str, following: str, width: int) -> bool:
    """Behind a line that others of the text show to be full, a capital or a figure goes on too."""
    first = _FIRST_WORD.match(following)
    full = first is not None and len(line) + 1 + len(first[1]) > width - _SLACK
    return full and len(line) >= _SHORTEST_BEFORE_A_CAPITAL and _may_be_joined(line, following)


def _may_be_joined(line: str, following: str) -> bool:
    heading = line.isupper() or following.isupper()
    empty = not line.strip() or not following.strip()
    return not (heading or empty or _ENDED.search(line[-4:]) or _POINT.match(following))
