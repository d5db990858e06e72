"""What a station's rig consists of, and what is right for it."""

from msgspec import Struct

SWITCHING_MS = 300  # four switches of our board, each read back, on a slow line
LOCKING_MS = 2_000  # a warm transmitter
WAKING_MS = 2_500  # three codes (hardware.md §5.1: 1.6 s of air) and what carries them


class Kit(Struct, frozen=True, kw_only=True):
    """The parts that there are, their times, and the limits within which they may work.

    None as a limit: nothing is asked of it.
    """

    amplifier: bool = False  # the board switches and mutes an amplifier
    carrier: bool = False  # the board switches a transmitter
    exciter: bool = False  # a transmitter is spoken to
    keep_alive_s: float | None = None  # there are coded receivers, kept open by a code so often
    latching: bool = False  # and they stay open until a code closes them
    watchdog_s: int = 10  # the board falls silent when its host has been so for so long
    settle_ms: int = 1000  # from power on, until an amplifier thumps no more
    hot_c: float = 80.0  # below the board's own 85 degrees: an order is better than a cut
    cool_c: float = 70.0  # and once too hot, it rises again only below this
    vswr_max: float = 2.0  # a ninth of the power comes back: the usual limit of FM exciters
    forward_min_w: float = 1.0
    frequency_khz: int | None = None  # as licensed
    battery_min_v: float | None = None  # None: no battery carries the amplifier without mains

    @property
    def board(self) -> bool:
        """Whether there is a board."""
        return self.amplifier or self.carrier

    @property
    def radio(self) -> bool:
        """Whether anything radiates."""
        return self.carrier or self.exciter

    @property
    def receivers(self) -> bool:
        """Whether there are coded receivers to wake."""
        return self.keep_alive_s is not None

    @property
    def rise_ms(self) -> int:
        """How long a rise takes, until one was measured: too long hurts less than too short."""
        own = SWITCHING_MS + (self.settle_ms if self.amplifier else 0)
        return own + (LOCKING_MS if self.radio else 0) + (WAKING_MS if self.receivers else 0)
