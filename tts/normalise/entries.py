"""A commune's own entries of the lexicon: which are allowed, and the rules that read them."""

import re

from tts.normalise.abbreviations import fits, whole
from tts.normalise.lexicon import Entry, Lexicon
from tts.normalise.rules import Rule, Said, rule_in_source
from tts.normalise.syllables import is_syllable

# The longest official name of a body has about 35 characters; its reading about four times that.
TOKEN_MAX_CHARACTERS = 40
READING_MAX_CHARACTERS = 200

# Words that carry an amount, a sign, a date or a negation: where they stand, they must be said.
_WEIGHTY = """
    không chưa chẳng chớ đừng cấm trừ âm dương
    một hai ba bốn năm sáu bảy tám chín mười mươi trăm nghìn ngàn triệu tỷ tỉ rưỡi nửa
    ngày tháng quý tuần giờ phút giây sáng trưa chiều tối đêm thứ mùng mồng rằm trước sau trên dưới
"""
# Units and the short forms of days, alone or after a number.
_UNIT = (
    r"(?:[kcmd]?m[²³23]?|ha|[kmµ]?g|mg|tạ|yến|[cm]?l|lít|[kM]?W|kWh|[km]?V|[kM]?Hz|[KMGT]B|mmHg"
    r"|đ|k|tr|tỷ|VNĐ|VND|USD|EUR|h|g|p|ph|s|giờ|người|hộ)"
)
_AMOUNT = re.compile(rf"(?:\d[\d.,/:-]*\s*)?{_UNIT}(?:/{_UNIT})?|[IVX]+|T[2-8]|CN|\d[\d.,/:-]*")


def check_entry(token: str, reading: str) -> str | None:
    """What is wrong with an entry, for the person who wrote it; None if nothing is."""
    if not any(character.isalpha() for character in token):
        return "Cụm từ phải có ít nhất một chữ cái."
    if token != token.strip() or "\n" in token or len(token) > TOKEN_MAX_CHARACTERS:
        return f"Cụm từ dài tối đa {TOKEN_MAX_CHARACTERS} ký tự, không có dấu cách ở hai đầu."
    words = reading.lower().split()
    if not words or len(reading) > READING_MAX_CHARACTERS:
        return f"Cách đọc phải có chữ và dài tối đa {READING_MAX_CHARACTERS} ký tự."
    if strange := next((word for word in words if not is_syllable(word)), None):
        return f"Cách đọc chỉ gồm âm tiết tiếng Việt viết đầy đủ; “{strange}” không phải âm tiết."
    if _AMOUNT.fullmatch(token) or not _weight(token) <= set(words):
        return "Không được đổi cách đọc của số, đơn vị, ngày giờ, dấu hoặc từ phủ định."
    return None


def _weight(token: str) -> set[str]:
    return {word for word in token.lower().split() if word in _WEIGHTY.split()}


def rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    """The longest token first, so that a part never hides the whole; in company before alone."""
    by_token: dict[str, list[Entry]] = {}
    for entry in sorted(lexicon.local, key=lambda entry: not (entry.next or entry.previous)):
        by_token.setdefault(entry.token, []).append(entry)

    def say(match: "re.Match[str]", source: str) -> Said:
        fitting = (entry for entry in by_token[match[0]] if fits(entry, match.span(), source))
        return next((entry.reading for entry in fitting), None)

    return (rule_in_source(whole(by_token), say),) if by_token else ()
