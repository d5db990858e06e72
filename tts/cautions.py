"""Something an author must be told though the work went on."""

import msgspec


class Caution(msgspec.Struct, frozen=True):
    """`code` is stable, `message` is Vietnamese."""

    code: str
    message: str
