"""The heads of listed points: 1. a) - I. at the start of a line, a) b) within one."""

import re

from tts.normalise.letters import spell
from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.romans import roman
from tts.normalise.rules import Rule, Said, fixed, rule

# "X. Gia Hội" is a commune: two capitalised words follow, and no heading is written so.
# In capitals the province behind it tells: "X. NÀ MÂY, T. LÀO CAI".
_COMMUNE = (
    r"(?<=X\.)\s(?:[A-ZĐÀ-Ỹ][a-zà-ỹ]+ [A-ZĐÀ-Ỹ][a-zà-ỹ]"
    r"|[^\n,.;:]{2,30}, (?:T|H|TP|TX|TỈNH|HUYỆN)[. ])"
)


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Nghị định 30/2020/NĐ-CP, phụ lục I: I., 1., a); people add dashes and bullets."""
    return (
        fixed(r"^[ \t]*(?P<it>[-–—*•●▪◦✓✔♦❖➢→]+|\+)(?=\s)", ""),
        fixed(r"^[ \t]*(?P<it>[-–—•●▪◦✓])(?=[^\W\d])", ""),
        rule(r"^[ \t]*(?P<it>(\d{1,2})(?:[.)]|/(?=\s)))(?=\s)", _number),
        rule(rf"^[ \t]*(?P<it>([IVX]{{1,5}})[.)])(?=\s)(?!{_COMMUNE})", _roman),
        rule(r"^[ \t]*\(?(?P<it>([ivx]{1,4})\))(?=\s)", _roman),
        rule(r"(?<=[:;,.] )\(?(?P<it>([ivx]{2,4})\))(?=\s)", _roman),
        rule(r"^[ \t]*(?P<it>([a-zđA-ZĐ])\))", _letter),
        rule(r"(?<=[:;,.] )(?P<it>(\d{1,2})\))(?=\s)", _number),
        rule(r"(?<=[:;,.] )(?P<it>([a-zđ])\))(?=\s)", _letter),
    )


def _number(match: "re.Match[str]") -> Said:
    return f"{cardinal(int(re.sub(r'[^0-9]', '', match['it'])))},"


def _roman(match: "re.Match[str]") -> Said:
    return f"{cardinal(roman(match['it'][:-1].upper()))},"


def _letter(match: "re.Match[str]") -> Said:
    return f"{spell(match['it'])},"
