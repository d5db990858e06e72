"""`python -m benchmarks.speech fuzz --count N --seed S`: no text may break what a reading promises.

Never an exception, nothing left unread without being reported, no text that takes for ever.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterable

from benchmarks.speech.hostile_texts import texts
from benchmarks.speech.items import load
from benchmarks.speech.promises import broken
from benchmarks.speech.side_by_side import NOTICES
from tts.normalise import read

# Half the bar's speed, for the worst text, and a start for rules that are compiled at the first
# call: whatever is slower grows with more than the length of the text.
_SLOWEST_CHARS_S = 10_000
_START_S = 0.5
_SHOWN = 5  # examples of one kind of fault
Examine = Callable[[str], list[str]]
_LONG = 400  # characters; longer texts are not made smaller, it would take too long


def main(arguments: list[str]) -> int:
    """The exit code: 1 when anything was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speech fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    started = time.monotonic()
    found = campaign(texts(seeds(), options.seed, options.count), faults_and_delays)
    for fault, examples in found.items():
        print(f"\n{len(examples)} x {fault}")
        for text in examples[:_SHOWN]:
            print(f"  {least(text, fault)[:200]!r}")
    total, took_s = sum(map(len, found.values())), time.monotonic() - started
    print(f"{options.count} texts of seed {options.seed}, {took_s:.0f} s: {total} faults")
    return 1 if total else 0


def seeds() -> list[str]:
    """The real texts that are mutated: items and sample notices."""
    notices = [file.read_text(encoding="utf-8") for file in sorted(NOTICES.glob("*.txt"))]
    return [item.text for item in load()] + notices


def campaign(hostile: Iterable[str], examine: Examine) -> dict[str, list[str]]:
    """The texts in which `examine` finds a fault, by kind of fault."""
    found: dict[str, list[str]] = defaultdict(list)
    for text in hostile:
        for fault in examine(text):
            found[fault].append(text)
    return found


def faults(text: str) -> list[str]:
    """What is wrong with the reading of one text."""
    try:
        reading = read(text)
    except Exception as error:  # that it never raises is what is tested
        return [f"raises {type(error).__name__}"]
    return broken(reading)


def faults_and_delays(text: str) -> list[str]:
    """The same, and whether it took too long; the examination itself counts too."""
    started = time.process_time()
    found = faults(text)
    slow = time.process_time() - started > _START_S + len(text) / _SLOWEST_CHARS_S
    return found + ["is slow"] * slow


def least(text: str, fault: str) -> str:
    """The same fault in less text."""
    return smaller(text, lambda left: fault in faults_and_delays(left))


def smaller(text: str, still: Callable[[str], bool]) -> str:
    """As little of a text as dropping pieces can give for which `still` holds."""
    size = len(text) // 2 if len(text) <= _LONG else 0
    while size:
        at = 0
        while at < len(text):
            left = text[:at] + text[at + size :]
            if still(left):
                text = left
            else:
                at += size
        size //= 2
    return text
