"""A coded receiver: it opens for its own commune's valid code and for nothing else on the air.

No carrier opens it and no foreign station keeps it open: the incidents of foreign programmes in
village loudspeakers happened while the commune's own transmitter was off.
"""

from firmware_stubs import wake

HOLD_S = 30  # three keep-alives, ten seconds apart: two may be lost in noise
FOREIGN_GROUPS = 4  # a third of a second of another station; damaged groups do not agree on a PI


class Identity:
    """Whom a receiver obeys: programme `pi`, area and groups, and the commune's `key`."""

    def __init__(
        self, pi: int, area: int, groups: list[int], key: bytes, hold_s: int = HOLD_S
    ) -> None:
        self.pi = pi
        self.areas = [area, wake.EVERYWHERE] + groups  # noqa: RUF005  MicroPython has no star here
        self.key = key
        self.hold_ms = hold_s * 1000


TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class Store(Protocol):
        """Where the counter outlives a power cut."""

        def load(self) -> int | None:
            """Return the last counter; None when there is none."""

        def save(self, counter: int) -> None:
            """Keep a counter for good. Raises OSError."""


class Receiver:
    """The rules. `open` is what the relay shall be; times are milliseconds that never go back."""

    def __init__(self, identity: Identity, store: "Store") -> None:
        self.open = False
        self._identity = identity
        self._store = store
        self._counter = store.load()
        self._assembly = wake.Assembly()
        self._open_until_ms = 0
        self._foreign = 0
        self._foreign_pi = -1

    def tick(self, now_ms: int) -> None:
        """Let time pass: without a keep-alive the relay falls."""
        if self.open and now_ms >= self._open_until_ms:
            self.open = False

    def hear(self, now_ms: int, blocks: "list[int | None]") -> str | None:
        """Take one RDS group, its damaged blocks None; return what came of it, if a word did:
        OPEN, CLOSE, BADMAC, NOTMINE, UNSET, REPLAY, UNKNOWN, UNSAVED or FOREIGN."""
        if blocks[0] is None:
            return None
        if blocks[0] != self._identity.pi:
            return self._hear_foreign(blocks[0])
        self._foreign = 0
        whole = self._assembly.add(blocks)
        return self._obey(now_ms, whole) if whole else None

    def _hear_foreign(self, pi: int) -> str | None:
        self._foreign = self._foreign + 1 if pi == self._foreign_pi else 1
        self._foreign_pi = pi
        if not self.open or self._foreign < FOREIGN_GROUPS:
            return None
        self.open = False
        return "FOREIGN"

    def _obey(self, now_ms: int, whole: bytes) -> str:
        said = wake.opened(whole, self._identity.key)
        if said is None:
            return "BADMAC"
        if said.area not in self._identity.areas:
            return "NOTMINE"
        if self._counter is None:
            return "UNSET"  # it was never set up, or lost its memory: it cannot tell a recording
        if said.counter <= self._counter:
            return "REPLAY"
        if said.op not in (wake.OPEN, wake.CLOSE):
            return "UNKNOWN"
        if said.op == wake.CLOSE:
            self.open = False
        return self._remember(now_ms, said)

    def _remember(self, now_ms: int, said: wake.Wake) -> str:
        """Keep the counter first: a power cut right after must not let the same code in again."""
        try:
            self._store.save(said.counter)
        except OSError:
            return "UNSAVED"
        self._counter = said.counter
        if said.op == wake.CLOSE:
            return "CLOSE"
        self.open = True
        self._open_until_ms = now_ms + self._identity.hold_ms
        return "OPEN"
