"""How well our normaliser reads the items, and where it fails."""

import argparse
import sys
from pathlib import Path

from benchmarks.speech.evaluate import Judgement, by_category, judge, score
from benchmarks.speech.items import CATEGORIES, DEVELOPMENT, BadItems, Item, load
from tts.normalise import read

BAR_PERCENT = 97.0  # issue 3: of a set that nobody has tuned on


def main(arguments: list[str]) -> int:
    """The exit code: 1 below the bar or when one meaning changes, 2 for a set that is bad."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speech items", description=__doc__)
    parser.add_argument("--set", type=Path, default=DEVELOPMENT, help="a folder of <category>.tsv")
    parser.add_argument("--category", choices=CATEGORIES)
    parser.add_argument("--failures", action="store_true", help="list every failure")
    options = parser.parse_args(arguments)
    try:
        items = load(options.set)
    except BadItems as bad:
        print(bad, file=sys.stderr)
        return 2
    judgements = [ours(item) for item in items if options.category in (None, item.category)]
    print_scores(judgements)
    if options.failures:
        print_failures("wording", [j for j in judgements if not j.passed and not j.meaning_changed])
    print_failures("MEANING CHANGED", [j for j in judgements if j.meaning_changed])
    total = score(judgements)
    return 1 if total.percent < BAR_PERCENT or total.meaning_changes else 0


def ours(item: Item) -> Judgement:
    """Read one item by our normaliser."""
    reading = read(item.text)
    return judge(item, reading.spoken, tuple(unknown.token for unknown in reading.unknown))


def print_scores(judgements: list[Judgement]) -> None:
    """One line a category."""
    print(f"{'category':12} {'items':>6} {'passed':>7} {'%':>6} {'meaning':>8} {'reported':>9}")
    for name, counts in {**by_category(judgements), "total": score(judgements)}.items():
        print(
            f"{name:12} {counts.items:6} {counts.passed:7} {counts.percent:6.1f}"
            f" {counts.meaning_changes:8} {counts.reported:9}"
        )


def print_failures(title: str, failures: list[Judgement]) -> None:
    """Text, nearest accepted and said, one block each."""
    for j in failures:
        print(f"\n{title} {j.item.place}: {j.item.text}")
        print(f"  accepted: {' '.join(j.near.words).replace('_', ' ')}")
        print(f"  said:     {j.said}" + (f"   [left: {j.residue}]" if j.residue else ""))
