"""Forms by their numbers: mẫu số 01a-TTr, mẫu C1-02/NS, tờ khai 01/LPTB, biểu 2C/TCTW."""

import re

from tts.normalise.letters import spell
from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal, digit_by_digit
from tts.normalise.offices import office
from tts.normalise.rules import Rule, Said, rule

_LABEL = r"(?:mẫu(?: đơn| biểu| tờ khai| phiếu)?|biểu(?: mẫu)?|tờ khai|phiếu)(?: số)?"
_END = r"(?![\w/]|[.,-]\w)"
_NUMBER = (
    r"(?P<it>(?=[^\s,;]*\d)[A-ZĐ]{0,4}\d{0,3}[a-dA-ZĐ]?"
    r"(?:[-/](?:\d{1,3}[a-zA-ZĐ]?|[A-ZĐ]{1,8}\d?|TTr))+)"
)
# Of so few letters a part may mean anything: "TS" in "D01-TS" is no doctor.
_LONGEST_SPELLED = 3


def rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    """Before the codes of laws, which would make an issuer of the letters."""

    def part(written: str) -> str:
        if written.isdigit():
            return digit_by_digit(written) if written[0] == "0" else cardinal(int(written))
        known = office(written.upper(), lexicon) if len(written) > _LONGEST_SPELLED else None
        return known or spell(written)

    def say(match: "re.Match[str]") -> Said:
        groups = re.split("[-/]", match["it"])
        return ", ".join(" ".join(map(part, re.findall(r"\d+|\D+", group))) for group in groups)

    return (rule(rf"(?i:(?<!\w){_LABEL}) {_NUMBER}{_END}", say),)
