"""The receiver's memory of the last counter obeyed, safe against a power cut at any instant.

Two files are written in turn; a torn one is recognised and the other still stands.
"""

from firmware_stubs.crc import crc16


class CounterStore:
    """Files `<path>.0` and `<path>.1`."""

    def __init__(self, path: str) -> None:
        self._path = path

    def load(self) -> int | None:
        """Return the last counter; None when there is none, as before the receiver is set up."""
        known = [n for n in (self._read(0), self._read(1)) if n is not None]
        return max(known) if known else None

    def save(self, counter: int) -> None:
        """Put the counter on the disk for good. Raises OSError when the disk does not take it."""
        newest, other = self._read(0), self._read(1)
        slot = 1 if other is None or (newest is not None and newest > other) else 0
        body = counter.to_bytes(4, "big")
        with open(self._name(slot), "wb") as file:  # noqa: PTH123  MicroPython has no pathlib
            file.write(body + crc16(body).to_bytes(2, "little"))
            file.flush()  # MicroPython's flush waits for the disk

    def _name(self, slot: int) -> str:
        return self._path + "." + str(slot)

    def _read(self, slot: int) -> int | None:
        try:
            with open(self._name(slot), "rb") as file:  # noqa: PTH123  same
                data = file.read()
        except OSError:
            return None
        return int.from_bytes(data[:4], "big") if len(data) == 6 and not crc16(data) else None
