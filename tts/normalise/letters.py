"""The names of letters, for codes, points of an article and abbreviations spelled out."""

from tts.normalise.numerals import DIGITS

NAMES = {
    "b": "bê", "c": "xê", "d": "dê", "đ": "đê", "f": "ép", "g": "giê", "h": "hát", "j": "gi",
    "k": "ca", "l": "e lờ", "m": "em mờ", "n": "en nờ", "p": "pê", "q": "quy", "r": "e rờ",
    "s": "ét sì", "t": "tê", "v": "vê", "w": "vê kép", "x": "ích xì", "z": "dét",
}  # fmt: skip  # one line a letter would say less


def letter(character: str) -> str:
    """The name of a letter or digit; a vowel names itself."""
    if character in "0123456789":
        return DIGITS[int(character)]
    low = character.lower()
    return NAMES.get(low, low)


def spell(token: str) -> str:
    """Each letter and digit of a token by name; marks are passed over."""
    return " ".join(letter(character) for character in token if character.isalnum())
