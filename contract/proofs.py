"""Proofs: whether what was measured agrees with what a player says that it played."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct


class Agrees(StrEnum):
    """Whether a measurement bears out that the airing was heard."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"  # too short, too quiet, or neither one nor the other


class Proof(Struct, frozen=True, kw_only=True):
    """One level of evidence on one airing. `code` says what was found (PROOFS, below).

    `score` is from -1 to 1 for L1 (correlation), the share of normal looks for L2.
    """

    level: str  # L1, L2
    agrees: Agrees
    code: str
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
}
"""What was found, for people."""

SILENCING = frozenset({AMPLIFIER_SILENT, LINE_OPEN, LINE_SHORT})
"""With any of these nobody has heard anything, whatever left the player."""


def silencing(proofs: Iterable[Proof]) -> Proof | None:
    """The proof that nothing was heard; None: no proof says so."""
    against = (p for p in proofs if p.agrees is Agrees.NO and p.code in SILENCING)
    return next(against, None)


def highest(proofs: Iterable[Proof]) -> str:
    """The highest level that bears the airing out; L0: the player's word alone."""
    return max((p.level for p in proofs if p.agrees is Agrees.YES), default="L0")
