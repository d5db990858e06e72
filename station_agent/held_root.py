"""The root that a station holds, and the first of its chain."""

from msgspec import Struct

from contract.roots import Root


class HeldRoot(Struct, frozen=True, kw_only=True):
    """`anchor` is the sha256 of version 1's payload, lower-case hex.

    Another anchor on the box is another owner's: only whoever has the box in hand can put it there.
    """

    anchor: str
    root: Root
