"""Vietnamese as RDS receivers can show it: capitals and letters without their marks.

The character table of RDS (IEC 62106-4) has no Vietnamese letters; receivers of villages show its
ASCII part only.
"""

import unicodedata

ELSEWHERE = "$^`"  # RDS has other signs in these places of ASCII (IEC 62106-4, table 1)
_LETTERS = str.maketrans({"đ": "d", "Đ": "D"})  # which Unicode does not take apart


def plain(text: str) -> str:
    """Return `text` in what ASCII and RDS share; what has no likeness becomes a space."""
    parted = unicodedata.normalize("NFD", text.translate(_LETTERS))
    bare = (letter for letter in parted if not unicodedata.combining(letter))
    return "".join(_shared(letter) for letter in bare)


def _shared(letter: str) -> str:
    return letter if " " <= letter < "~" and letter not in ELSEWHERE else " "
