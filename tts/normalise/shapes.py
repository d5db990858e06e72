"""Letters and figures in other shapes: Ð for Đ, letters of other alphabets that look like ours,
bold letters of social networks, ligatures, figures in circles, ㎡.
"""

import re
import unicodedata

# Icelandic and African letters that keyboards and old fonts give for Đ: no Vietnamese word has
# them.
_DS = str.maketrans("ÐðƉɖ", "ĐđĐđ")
_LIKE_OURS = str.maketrans(
    "АВЕКМНОРСТХУІЅЈаеорсхуіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABEKMHOPCTXYISJaeopcxyisjABEZHIKMNOPTYXo",
)  # fmt: skip  # looks above looks
_STRANGERS = r"[Ͱ-ϿЀ-ӿ]"
# A word with letters of ours too; a whole word of another alphabet is reported.
_MIXED = re.compile(rf"(?=\w*{_STRANGERS})(?=\w*[A-Za-zÀ-ɏḀ-ỿ])[^\W_]+")
# Mathematical letters, ligatures, squared units, Roman numerals in one sign.
_ONE_SIGN = re.compile("[\U0001d400-\U0001d7ff\ufb00-\ufb06㍱-㏟Ⅰ-ⅿ]")
_CIRCLED = re.compile("[①-⒛⓪-⓿❶-➓]|\\d\ufe0f?\u20e3")
_NOTHING = re.compile("[\ufe00-\ufe0f]")  # how an emoji looks


def in_plain_shapes(text: str) -> str:
    """The text, NFC, in the letters and figures that it shows; a figure in a circle is a point
    of a list at the start of a line.
    """
    if text.isascii():
        return text
    text = _NOTHING.sub("", _CIRCLED.sub(_figure, text.translate(_DS)))
    text = _ONE_SIGN.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), text)
    if re.search(_STRANGERS, text):
        text = _MIXED.sub(lambda word: word[0].translate(_LIKE_OURS), text)
    return unicodedata.normalize("NFC", text)


def _figure(match: "re.Match[str]") -> str:
    sign = match[0]
    try:
        figure = str(int(unicodedata.numeric(sign[0])))
    except ValueError:  # a letter in a circle
        return sign
    first = not match.string[: match.start()].rpartition("\n")[2].strip()
    return f"{figure}) " if first else f" {figure} "
