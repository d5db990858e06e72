"""Whole numbers in Vietnamese words, as the school books say them."""

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 1_000_000_000


def cardinal(number: int) -> str:
    """A number from 0 on: 1005 → "một nghìn không trăm linh năm". Negatives raise ValueError."""
    if number < 0:
        raise ValueError(number)
    if number < _BILLION:
        return _below_a_billion(number)
    billions, rest = divmod(number, _BILLION)
    head = f"{cardinal(billions)} tỷ"
    return f"{head} {_below_a_billion(rest, after_more=True)}" if rest else head


def _below_a_billion(number: int, *, after_more: bool = False) -> str:
    """Groups of three; every group after the first spoken one says its empty hundreds."""
    if number == 0:
        return DIGITS[0]
    said: list[str] = []
    for unit, size in (("triệu", 1_000_000), ("nghìn", 1_000), ("", 1)):
        group = number // size % 1_000
        if group:
            words = _padded(group) if said or after_more else _hundreds(group)
            said.append(f"{words} {unit}".rstrip())
    return " ".join(said)


def _padded(group: int) -> str:
    """005 → "không trăm linh năm"."""
    return _hundreds(group) if group >= 100 else f"không trăm {_tail(group)}"


def _hundreds(group: int) -> str:
    hundreds, rest = divmod(group, 100)
    if not hundreds:
        return _tens(rest)
    head = f"{DIGITS[hundreds]} trăm"
    return f"{head} {_tail(rest)}" if rest else head


def _tail(rest: int) -> str:
    return f"linh {DIGITS[rest]}" if rest < 10 else _tens(rest)


def _tens(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return DIGITS[ones]
    head = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    if ones == 0:
        return head
    # After tens five softens to "lăm"; after twenty and more one is "mốt" and four is "tư".
    soft = {5: "lăm"} if tens == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
    return f"{head} {soft.get(ones, DIGITS[ones])}"


def digit_by_digit(digits: str) -> str:
    """ "112" → "một một hai"; anything that is no digit is passed over."""
    return " ".join(DIGITS[int(digit)] for digit in digits if digit in "0123456789")
