"""Vietnamese as RDS receivers can show it: capitals and letters without their marks.

The character table of RDS (IEC 62106-4) has no Vietnamese letters; receivers of villages show its
ASCII part only.
"""

import unicodedata

_LETTERS = str.maketrans({"đ": "d", "Đ": "D"})  # which Unicode does not take apart


def plain(text: str) -> str:
    """Return `text` in printable ASCII; what has no likeness becomes a space."""
    parted = unicodedata.normalize("NFD", text.translate(_LETTERS))
    bare = (letter for letter in parted if not unicodedata.combining(letter))
    return "".join(letter if " " <= letter <= "~" else " " for letter in bare)
