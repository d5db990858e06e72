"""The words that carry the meaning of a notice: another of these is another notice."""

from functools import lru_cache

from benchmarks.speech.canonical import words

_NUMBERS = (
    "không một mốt hai ba bốn tư năm lăm sáu bảy tám chín mười mươi linh trăm nghìn triệu tỷ"
    " rưỡi nửa phẩy chấm phần"
)
_SIGNS = "âm cộng đến"  # "đến": what a range has and a list of two has not
_NEGATIONS = "không chưa chẳng chớ đừng cấm trừ miễn hủy bãi"
_DATES = "ngày tháng năm quý thứ giờ phút giây"
_MONEY = "đồng đô euro"
_SIZES = "ki mi xăng mê gi héc"  # a milligram is no gram


@lru_cache(maxsize=1)
def _all() -> frozenset[str]:
    return frozenset(words(f"{_NUMBERS} {_SIGNS} {_NEGATIONS} {_DATES} {_MONEY} {_SIZES}"))


def carries_meaning(word: str) -> bool:
    """Whether a canonical word is one of them."""
    return word in _all()
