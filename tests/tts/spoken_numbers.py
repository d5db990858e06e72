"""Vietnamese number words back into numbers; shares nothing with how they were made."""

_VALUES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip  # a table, read across
_GROUPS = {"nghìn": 1_000, "triệu": 1_000_000}


def parse(words: str) -> int:
    """The number that a listener understands; raises KeyError for what is no number."""
    billions, below = 0, words
    if "tỷ" in words.split():
        head, _, below = words.rpartition("tỷ")
        billions = parse(head)
    return billions * 1_000_000_000 + _below_a_billion(below.split())


def _below_a_billion(words: list[str]) -> int:
    total, group, last = 0, 0, 0
    for word in words:
        if word in _GROUPS:
            total += (group + last) * _GROUPS[word]
            group = last = 0
        elif word == "trăm":
            group, last = last * 100, 0
        elif word == "mươi":
            group, last = group + last * 10, 0
        elif word == "mười":
            group, last = group + 10, 0
        elif word != "linh":
            last = _VALUES[word]
    return total + group + last
