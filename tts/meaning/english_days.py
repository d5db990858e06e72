"""Days with an English month: 15 June 2026, Sep 5th. They say all by themselves."""

import re

from tts.meaning.sounds import Cardinal, Form, Perhaps, phrase
from tts.meaning.want import Want

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NTH = r"\d{1,2}(?i:st|nd|rd|th)"
_DAY = rf"(?:{_NTH}|\d{{1,2}})"
_YEAR = r"(?:1\d|20)\d\d"
# In small letters some are words of ours; "May" is one even with a capital.
_NAME = rf"(?=[A-Z])(?![Mm]ay(?![a-z]))(?!MAY(?![A-Z])){_MONTH}"
ENGLISH_DAY = (
    rf"(?<![\w/.,-])(?:{_DAY}[ /-](?=[A-Z]){_MONTH}\.?(?:,? |/|-){_YEAR}|{_DAY} {_NAME}\.?"
    rf"|{_NTH} (?:of )?(?=[A-Z]){_MONTH}|(?=[A-Z]){_MONTH}\.? {_DAY},? {_YEAR}"
    rf"|{_NAME}\.? {_DAY}(?![.,]\d)|(?=[A-Z]){_MONTH}\.? {_NTH})(?![\w/])"
)
_TOKENS = re.compile(rf"(?P<month>{_MONTH})|\d+")


def english_day(written: str, at: int) -> Want:
    """The day first, as it is said here."""
    parts = list(_TOKENS.finditer(written))
    month = next(part[0].lower()[:3] for part in parts if part["month"])
    day, *year = (int(part[0]) for part in parts if not part["month"])
    said: Form = (Perhaps(phrase("mùng")), Cardinal(day), phrase("tháng"))
    number: Form = (*said, Cardinal(_MONTHS.index(month) + 1))
    named: Form = (*said, phrase("tư"))
    of_year: Form = (phrase("năm"), Cardinal(year[0])) if year else ()
    forms = (number, named) if month == "apr" else (number,)
    ways = tuple((*form, *of_year) for form in forms)
    return Want((at, at + len(written)), ways, "Ngày tháng")
