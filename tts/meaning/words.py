"""Words as they are compared: lower case, no punctuation, one spelling of each."""

import re

_WORD = re.compile(r"[^\W_]+")
_ONE_SPELLING = {
    "tỉ": "tỷ", "ngàn": "nghìn", "lẻ": "linh", "nhăm": "lăm", "bẩy": "bảy", "mồng": "mùng",
    "huỷ": "hủy", "tới": "đến", "mừơi": "mười",
}  # fmt: skip  # a table, read across

_NUMBERS = frozenset({
    "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mươi", "mốt",
    "lăm", "trăm", "nghìn", "triệu", "tỷ", "rưỡi", "nửa",
})  # fmt: skip  # a list, read across
NEGATIONS = frozenset({"không", "chưa", "chẳng", "đừng", "cấm", "trừ", "miễn", "hủy"})
CHARGED = _NUMBERS | NEGATIONS | {"phẩy", "đến", "âm", "mùng"}
"""Words that carry a number, a sign, a range or a negation: never heard without a source."""
# "tư" is four after these; else it is in "thông tư", "đầu tư".
_FOURTH_AFTER = _NUMBERS | {"tư", "tháng", "thứ", "quý", "hạng"}
# Charged only as a pair; each word alone is an ordinary one.
_PAIRS = {
    ("bãi", "bỏ"), ("ki", "lô"), ("mi", "li"), ("xăng", "ti"), ("xen", "ti"), ("mê", "ga"),
    ("độ", "vĩ"), ("độ", "kinh"), ("độ", "xê"),
}  # fmt: skip  # a list, read across

# Ordinary words with a charged one inside, as abbreviations hide them ("HKQG", "BPMC").
_ORDINARY = (
    "hàng không|phòng không|trên không|không quân(?! sự)|không khí|không gian|một cửa|một số|"
    "một phần|một thành viên|tỷ lệ|tỷ số|tỷ suất|tỷ giá|ba lô|ba lê|ba vê kép|sinh năm|năm sinh|"
    "năm học|nhiều năm|hằng năm|hàng năm|lâu năm|cả năm|cuối năm|đầu năm|năm tài|mỗi năm|"
    "siêu âm|âm thanh|âm nhạc|âm lịch|đến nơi|ki lô|mi li|xăng ti|xen ti|mê ga"
)
_ORDINARY_WORDS = re.compile(rf"(?<!\w)(?:{_ORDINARY})(?!\w)")


def words(spoken: str) -> tuple[str, ...]:
    """The words of a text, as they are compared."""
    return tuple(_ONE_SPELLING.get(word, word) for word in _WORD.findall(spoken.lower()))


def words_of_an_abbreviation(spoken: str) -> tuple[str, ...]:
    """The same, where ordinary words with a charged one inside are passed over."""
    return words(_ORDINARY_WORDS.sub(" ", " ".join(words(spoken))))


def is_charged(heard: tuple[str, ...], at: int) -> bool:
    """Whether this word must come from the source."""
    word = heard[at]
    if word == "tư" and at:
        return heard[at - 1] in _FOURTH_AFTER
    return word in CHARGED or (at + 1 < len(heard) and (word, heard[at + 1]) in _PAIRS)
