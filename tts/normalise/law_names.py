"""Documents by the short name of their kind: NĐ 168/2024, TT số 39, QĐ-TTg; and TCVN 5687:2010."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.offices import office
from tts.normalise.quantity import say_number
from tts.normalise.rules import MASK, Rule, Said, before, rule

# Before a bare number only these are sure; the others want a code or "số".
_SURE = r"NĐ|ND|QĐ|NQ"
_STANDARDS = r"QCVN|TCVN|QCĐP|TCCS|TCXDVN|ISO(?:/IEC)?|IEC"
_YEAR = r"(?:19|20)\d\d"
_EDITION = rf"(\d+(?:-\d+)?)[:-]({_YEAR})(?:/([A-ZĐ]{{2,}}))?"
_ISSUED = "NĐ|ND|QĐ|TT|NQ|CT|CĐ"
_ISSUERS = "CP|TTg|UBND|HĐND|TW|TU|B[A-ZĐ]{2,}"
_NAMED_BEFORE = re.compile(
    r"(?:(?:nghị định|thông tư|quyết định|nghị quyết|luật|pháp lệnh|chỉ thị)(?: số:?)?"
    r"|(?:kế hoạch|công văn|văn bản|thông báo|hướng dẫn|báo cáo|tờ trình|công điện) số:?)\s?$",
    re.IGNORECASE,
)


def rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    """Kinds before their number, numbers with a year, kinds with an issuer, standards."""
    kinds = "|".join(sorted(lexicon.documents, key=len, reverse=True))
    code = r"\d{1,5}[a-zA-Z]?\s?(?:/\s?(?:\d{4}|[A-ZĐ])|-[A-ZĐ])"

    def kind(match: "re.Match[str]") -> Said:
        return lexicon.documents[match[1]]

    def issued(match: "re.Match[str]") -> Said:
        who = office(match[2], lexicon)
        return f"{lexicon.documents[match[1]]} của {who}" if who else None

    def standard(match: "re.Match[str]") -> Said:
        _, number, year, owner = match.groups()
        who = office(owner, lexicon) if owner else None
        said = f"{_sections(number)} năm {cardinal(int(year))}"
        return f"{said} của {who}" if who else None if owner else said

    return (
        rule(rf"(?<![\w/-])({kinds})\.?(?=\s?(?:số:?\s?)?{code})", kind),
        rule(rf"(?<![\w/-])({_SURE})(?=\s?(?:số:?\s?)?\d)", kind),
        rule(rf"(?<![\w/-])({_SURE}|TT|CV|KH|TTr)(?= số:?\s?\d)", kind),
        rule(rf"(?<![\w.,/-])(\d{{1,5}})/({_YEAR})(?![\w/])", _of_year),
        rule(rf"(?<![\w/-])(?<!/ )(?!TT-(?:HĐND|UBND))({_ISSUED})-({_ISSUERS})(?![\w/-])", issued),
        rule(rf"(?:{_STANDARDS}) (?P<it>{_EDITION})(?![\w/])", standard),
    )


def _of_year(match: "re.Match[str]") -> Said:
    """ "Nghị định 168/2024"."""
    left = before(match)
    if not _NAMED_BEFORE.search(left) and not left.rstrip().endswith(MASK):
        return None
    return f"{say_number(match[1])} năm {cardinal(int(match[2]))}"


def _sections(number: str) -> str:
    return ", ".join(map(say_number, number.split("-")))
