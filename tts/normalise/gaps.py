"""The space that was not typed between a word and a number: phạt500.000đ, ngày19.8, gấp2,5lần."""

import re

# Only words that their marks show to be words: "m2", "lop10@", "QĐ15" are none.
_TONED = "àáâãèéêìíòóôõùúýăĩũơưạ-ỹ"
_WORD_BEFORE = re.compile(
    rf"(?<=[a-zđ][{_TONED}])(?=\d)|(?<=[{_TONED}][a-z])(?=\d)|(?<=[{_TONED}][a-z]{{2}})(?=\d)"
)
_WORD_AFTER = re.compile(rf"(?<=\d)(?=[a-zđ]{{1,3}}[{_TONED}]|[{_TONED}][a-z])")


def open_gaps(text: str) -> str:
    """The text with that space."""
    return _WORD_AFTER.sub(" ", _WORD_BEFORE.sub(" ", text))
