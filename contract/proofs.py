"""Proofs: whether what was measured agrees with what a player says that it played."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct


class Agrees(StrEnum):
    """Whether a measurement bears out that the airing was heard."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"  # too short, too quiet, or neither one nor the other


class Proof(Struct, frozen=True, kw_only=True):
    """One level of evidence on one airing. `code` says what was found (PROOFS, below).

    `score` is from -1 to 1 for L1 (correlation), the share of good looks for L2 and L3.
    """

    level: Annotated[str, Meta(min_length=2, max_length=2)]  # L1, L2, L3
    agrees: Agrees
    code: Annotated[str, Meta(min_length=1, max_length=40)]
    score: float | None = None


AMPLIFIER_FOLLOWS, AMPLIFIER_SILENT, AMPLIFIER_UNCLEAR = "follows", "silent", "unclear"
LINE_WELL, LINE_OPEN, LINE_SHORT, LINE_LESS, LINE_MORE, LINE_UNCLEAR = (
    "line_well",
    "line_open",
    "line_short",
    "line_less",
    "line_more",
    "line_unclear",
)
EAR_HEARS, EAR_OTHER, EAR_NOTHING, EAR_UNCLEAR = "heard", "other_heard", "not_heard", "ear_unclear"

PROOFS: Mapping[str, str] = {
    AMPLIFIER_FOLLOWS: "dòng điện âm ly lên xuống theo tiếng",
    AMPLIFIER_SILENT: "âm ly không có tín hiệu: dòng điện không tăng khi phát",
    AMPLIFIER_UNCLEAR: "chưa đủ số đo dòng điện âm ly để kết luận",
    LINE_WELL: "đường dây loa bình thường",
    LINE_OPEN: "đường dây loa bị đứt",
    LINE_SHORT: "đường dây loa bị chập",
    LINE_LESS: "đường dây loa nhẹ tải: có loa không kêu",
    LINE_MORE: "đường dây loa nặng tải: có loa đấu thêm hoặc rò điện",
    LINE_UNCLEAR: "số đo đường dây loa không ổn định",
    EAR_HEARS: "đầu thu kiểm tra nghe đúng chương trình",
    EAR_OTHER: "máy thu kiểm tra nghe thấy chương trình khác",
    EAR_NOTHING: "máy thu kiểm tra không nghe thấy gì",
    EAR_UNCLEAR: "đầu thu kiểm tra nghe không rõ",
}
"""What was found, for people."""

SILENCING = frozenset({AMPLIFIER_SILENT, LINE_OPEN, LINE_SHORT, EAR_OTHER})
"""With any of these nobody has heard the programme, whatever left the player."""


def silencing(proofs: Iterable[Proof]) -> Proof | None:
    """The proof that the programme was not heard; None: no proof says so, or the ear heard it."""
    proofs = tuple(proofs)
    if any(p.level == "L3" and p.agrees is Agrees.YES for p in proofs):
        return None
    against = (p for p in proofs if p.agrees is Agrees.NO and p.code in SILENCING)
    return next(against, None)


def highest(proofs: Iterable[Proof]) -> str:
    """The highest level that bears the airing out; L0: the player's word alone."""
    return max((p.level for p in proofs if p.agrees is Agrees.YES), default="L0")
