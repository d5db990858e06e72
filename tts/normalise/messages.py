"""What people are asked to send by telephone: soạn DK gửi 1414."""

import re

from tts.normalise.letters import spell
from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import digit_by_digit
from tts.normalise.rules import Rule, Said, before, rule

_ASKED = r"(?:soạn(?: tin(?: nhắn)?)?|nhắn(?: tin)?|cú pháp)"
# Two letters are typed, whatever they mean elsewhere; longer ones name what to type.
_TYPED = rf"(?i:(?<!\w){_ASKED}:?) [\"“]?(?P<it>[A-ZĐ]{{2}}\d?)(?=[\"” ])"
_NUMBER = (
    r"(?i:(?<!\w)gửi)(?: (?:đến|tới|về))?(?: (?:số|đầu số|tổng đài))? (?P<it>\d{3,6})(?!\w|[.,/]\d)"
)
_ASKED_BEFORE = re.compile(rf"(?i:(?<!\w){_ASKED})(?!\w)[^.;\n]*$")
_EXTENSION = (
    r"(?i:(?<!\w)(?:máy lẻ|số lẻ|số máy lẻ|nhánh số|số nội bộ))(?: số)?:? "
    r"(?P<it>\d{3,5})(?!\w|[.,/ -]\d)"
)
_REACH = 80  # characters: an example of a message has fifty


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Letters and numbers are pressed one by one, and so are those of an extension."""
    return (
        rule(_TYPED, lambda match: spell(match["it"])),
        rule(_NUMBER, _number),
        rule(_EXTENSION, lambda match: digit_by_digit(match["it"])),
    )


def _number(match: "re.Match[str]") -> Said:
    asked = _ASKED_BEFORE.search(before(match, _REACH))
    return digit_by_digit(match["it"]) if asked else None
