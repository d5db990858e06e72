"""Whether a voice may be used in public, by what is written of its licence."""

import re

_NON_COMMERCIAL = re.compile(r"\bNC\b|non.?commercial|phi thương mại", re.IGNORECASE)
_NOT_STATED = re.compile(r"unknown|none|không rõ|chưa rõ", re.IGNORECASE)
_ATTRIBUTION = re.compile(r"\bBY\b", re.IGNORECASE)


def objection(licence: str, attribution: str, rights: str) -> str:
    """A Vietnamese sentence, or "". `rights` is the operator's own statement of the right to use.

    Creative Commons: NC forbids commercial use, BY demands that the author is named.
    """
    if not licence.strip():
        return "voice.toml chưa ghi giấy phép (licence)."
    if _NOT_STATED.fullmatch(licence.strip()) and not rights.strip():
        return "Giấy phép không rõ; hãy ghi căn cứ quyền sử dụng (rights) trong voice.toml."
    if _NON_COMMERCIAL.search(licence) and not rights.strip():
        return (
            f"Giấy phép {licence} không cho dùng vào việc thương mại; "
            "hãy ghi căn cứ quyền sử dụng (rights) trong voice.toml."
        )
    if _ATTRIBUTION.search(licence) and not attribution.strip():
        return f"Giấy phép {licence} buộc ghi tên tác giả (attribution) trong voice.toml."
    return ""
