"""Titles before a name: TS. Lê B, PGS.TS Trần C, BS CKII. Nguyễn D, LS. Hà E.

Their dots end no sentence.
"""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.rules import Rule, Said, rule

# Read so before a name alone; away from one some of them mean something else.
_BEFORE_A_NAME = {
    "LS": "luật sư", "DS": "dược sĩ", "KS": "kỹ sư", "ĐD": "điều dưỡng", "CN": "cử nhân",
    "Mr": "ông", "Ms": "bà", "Mrs": "bà", "NCS": "nghiên cứu sinh",
    "NS": "nghệ sĩ", "HLV": "huấn luyện viên",
}  # fmt: skip  # a table, read across
_DOCTOR = {"TS": "tiến sĩ"}  # as such only here, elsewhere property or fish
_FOREIGN = frozenset({"Mr", "Ms", "Mrs"})  # these mean nothing else
# Of the lexicon; the others are doctors and professors of some kind.
_LISTED = frozenset({
    "GS", "PGS", "TSKH", "ThS", "Ths", "BS", "BSCK", "BSCKI", "BSCKII", "CKI", "CKII",
    "KTS", "YS", "NSND", "NSƯT", "NGƯT", "NGND", "TTND", "TTƯT", "PCT", "PBT", "PGĐ", "CVP",
    "PHT", "VNAH",
})  # fmt: skip  # a list, read across
_SPELLED = {"Th.S": "ThS", "B.S": "BS", "T.S": "TS", "G.S": "GS", "P.GS": "PGS", "CK1": "CKI",
            "CK2": "CKII", "BSCK1": "BSCKI", "BSCK2": "BSCKII", "Bs": "BS", "Ts": "TS",
            "Gs": "GS", "Ls": "LS", "Ds": "DS", "Ks": "KS"}  # fmt: skip  # a table
# A word with small letters, or two words in capitals: "TS. NGUYỄN VĂN B".
_NAME = r"(?=(?P<first>\w)(?:[a-zà-ỹ]|\w+\s\w{2,}))"
# Whom to telephone: "LH: A. Hùng", "C. Lan (0912 345 678)".
_PERSONS = {"A": "anh", "C": "chị", "Ô": "ông", "B": "bà"}
_WORD = r"[A-ZĐÀ-Ỹ][a-zà-ỹđ]+"
_A_NAME = rf"{_WORD}(?: {_WORD}){{0,3}}"
_FULL = rf"{_WORD}(?: {_WORD}){{1,3}}"
_REACHED = (
    rf"(?:(?i:(?<!\w)(?:LH|liên hệ|gặp|gọi):? )|(?<![\w.])(?=[AC]\.\s?{_A_NAME}[\s,:(–-]{{1,3}}"
    rf"(?:ĐT|SĐT|\(?0\d|\+84)))(?P<it>(?P<short>[AC])\.\s?)(?={_A_NAME})"
)
# "gặp c. Lan hoặc a. Hùng"
_SMALL = rf"(?i:(?<!\w)(?:LH|liên hệ|gặp|gọi|và|hoặc):? )(?P<it>(?P<short>[ac])\.\s?)(?={_WORD})"
# Behind a telephone number: "0978.12.34.56 (a. Sơn)".
_BRACKETED = rf"\((?P<it>(?P<short>[aAcCôÔbB])\.\s?)(?={_A_NAME}\))"
# Of a list: "Trưởng thôn: Ô. Vi Văn Nhất; phó thôn: B. Kha Thị Năm".
_ELDERS = rf"(?:(?<![\w.])(?=Ô)|(?<=: )|(?<=; ))(?P<it>(?P<short>[ÔB])\.\s?)(?={_FULL})"
# "Nghỉ CN. Các hộ …": these want more of a name.
_FULL_NAME = re.compile(r"[A-ZĐÀ-Ỹ]\w* [A-ZĐÀ-Ỹ]")


def rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    """One or several; one without a dot only if it means nothing else."""
    said = _BEFORE_A_NAME | _DOCTOR | {title: lexicon.abbreviations[title] for title in _LISTED}
    said |= {typed: said[title] for typed, title in _SPELLED.items()}
    one = "|".join(map(re.escape, sorted(said, key=len, reverse=True)))
    more = rf"(?:(?:\.\s?|\s?[,-]\s?|\s)(?:{one}))*"
    several = rf"(?<![\w.-])(?P<it>((?:{one}){more})(?:\. ?| )){_NAME}"

    def say(match: "re.Match[str]") -> Said:
        titles = re.findall(rf"(?:{one})(?!\w)", match[2])
        if not match["first"].isupper():
            return None
        alone = len(titles) == 1 and titles[0] in _BEFORE_A_NAME.keys() - _FOREIGN
        if alone and ("." not in match["it"] or not _FULL_NAME.match(match.string, match.end())):
            return None
        return " ".join(said[title] for title in titles)

    return (
        rule(several, say),
        rule(_REACHED, lambda match: _PERSONS[match["short"]]),
        rule(_SMALL, lambda match: _PERSONS[match["short"].upper()]),
        rule(_BRACKETED, lambda match: _PERSONS[match["short"].upper()]),
        rule(_ELDERS, lambda match: _PERSONS[match["short"]]),
    )
