"""Two years that follow one another: năm học 2025/2026, vụ 2026-27."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.rules import Rule, Said, before, fixed, rule

_TERM_BEFORE = re.compile(r"(?<!\w)(?:khóa|khoá|nhiệm kỳ|giai đoạn)\s*$", re.IGNORECASE)


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Neighbours, and the years of a term; "2021/2026" alone may be anything."""
    return (
        fixed(r"(?i:(?<!\w)tuần) \d{1,2}(?P<it>\s?/\s?)(?=20\d\d(?!\w))", " năm "),
        rule(r"(?<![\w/.,\-])((?:19|20)\d0)s(?!\w)", lambda match: cardinal(int(match[1]))),
        rule(r"(?<![\w/.,\-])((?:19|20)\d\d)\s?[/\-–]\s?((?:19|20)?\d\d)(?![\w/]|[.,]\d)", _say),
    )


def _say(match: "re.Match[str]") -> Said:
    first, last = match.groups()
    named = _TERM_BEFORE.search(before(match))
    if named and len(last) == 4 and int(first) < int(last):
        return f"{cardinal(int(first))} đến {cardinal(int(last))}"
    if int(last) % 100 != (int(first) + 1) % 100 or (len(last) > 2 and int(last) - int(first) != 1):
        return None
    return f"{cardinal(int(first))} đến {cardinal(int(last))}"
