"""Numbers of judgments and decisions of the courts: 25/2026/HNGĐ-ST, 12/2026/QĐST-DS, 15/2026/HSST.

Forms of Nghị quyết 01/2017/NQ-HĐTP: the kind of case and the stage of the trial are said.
"""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.rules import Rule, Said, rule

_CASES = {
    "DS": "dân sự", "HS": "hình sự", "HNGĐ": "hôn nhân và gia đình", "HN": "hôn nhân và gia đình",
    "HC": "hành chính", "KDTM": "kinh doanh thương mại", "LĐ": "lao động", "PS": "phá sản",
    "VDS": "việc dân sự",
}  # fmt: skip  # a table, read across
_STAGES = {"ST": "sơ thẩm", "PT": "phúc thẩm", "GĐT": "giám đốc thẩm", "TT": "tái thẩm"}
_CASE = "|".join(sorted(_CASES, key=len, reverse=True))
_STAGE = "|".join(_STAGES)


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """The stage behind the case, or before it in decisions."""
    number = r"(?<![\w/])(\d{1,5})/(\d{4})/"
    return (
        rule(rf"{number}({_CASE})\s?-?\s?({_STAGE})(?![\w/-])", _judgment),
        rule(rf"{number}(?:QĐ|TB|TL)-?({_STAGE})\s?-\s?({_CASE})(?![\w/-])", _decision),
    )


def _judgment(match: "re.Match[str]") -> Said:
    number, year, case, stage = match.groups()
    return _said(number, year, case, stage)


def _decision(match: "re.Match[str]") -> Said:
    number, year, stage, case = match.groups()
    return _said(number, year, case, stage)


def _said(number: str, year: str, case: str, stage: str) -> str:
    of_year = f"{cardinal(int(number))} năm {cardinal(int(year))}"
    return f"{of_year} {_CASES[case]} {_STAGES[stage]}"
