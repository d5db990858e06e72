"""Runs a coded receiver on decoded groups that come as lines: `7123 B00F 0100 4200`.

    micropython -m firmware_stubs.receiver_main --pi 7123 --area 3 --key KEYFILE --counter PATH

A damaged block is `----`. Lines come on stdin; each word of the receiver and each move of its
relay goes to stdout as a JSON line. `--set-up N` writes a first counter and ends.
"""

import json
import select
import sys
import time

from firmware_stubs.counter import CounterStore
from firmware_stubs.receiver import HOLD_S, Identity, Receiver

POLL_MS = 100  # how late the relay may fall after its time
SHORTEST_KEY = 16  # bytes: less could be tried out on a computer against one recorded code


def options_of(words: list[str]) -> dict[str, str]:
    """Return `--name value` pairs. Raises SystemExit when they do not say enough."""
    given = {words[n][2:]: words[n + 1] for n in range(0, len(words) - 1, 2)}
    missing = [name for name in ("pi", "area", "key", "counter") if name not in given]
    if missing:
        print("--" + missing[0] + " is missing")
        raise SystemExit(2)
    return given


def identity_of(given: dict[str, str]) -> Identity:
    """Return whom the options name; the key stands in a file, in hexadecimal."""
    with open(given["key"]) as file:  # noqa: PTH123  MicroPython has no pathlib
        key = bytes.fromhex(file.read().strip())
    if len(key) < SHORTEST_KEY:
        print("the key is shorter than 16 bytes")
        raise SystemExit(2)
    groups = [int(group) for group in given.get("groups", "").split(",") if group]
    hold_s = int(given.get("hold-s", HOLD_S))
    return Identity(int(given["pi"], 16), int(given["area"]), groups, key, hold_s)


def blocks_of(line: str) -> "list[int | None] | None":
    """Return the four blocks of a line; None when it is not one."""
    words = line.split()
    if len(words) != 4:
        return None
    try:
        return [None if word == "----" else int(word, 16) & 0xFFFF for word in words]
    except ValueError:
        return None


def tell(**facts: object) -> None:
    """Write a line of the record."""
    facts["unix_ns"] = time.time_ns()
    print(json.dumps(facts))


class Post:
    """One receiver on stdin and stdout."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._input = select.poll()
        self._input.register(sys.stdin, select.POLLIN)
        self._was_open = False
        tell(relay=0)

    def turn(self) -> bool:
        """Hear a line or let time pass; False when the lines have ended."""
        line = "-"
        if self._input.poll(POLL_MS):
            line = sys.stdin.readline()
        now_ms = time.ticks_us() // 1000
        blocks = blocks_of(line)
        word = self._receiver.hear(now_ms, blocks) if blocks else None
        if word:
            tell(word=word)
        self._receiver.tick(now_ms)
        if self._receiver.open != self._was_open:
            self._was_open = self._receiver.open
            tell(relay=int(self._was_open))
        return bool(line)


def main() -> None:
    """Run until the lines end."""
    given = options_of(sys.argv[1:])
    store = CounterStore(given["counter"])
    if "set-up" in given:
        store.save(int(given["set-up"]))
        return
    post = Post(Receiver(identity_of(given), store))
    while post.turn():
        pass


if __name__ == "__main__":
    main()
