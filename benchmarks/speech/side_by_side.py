"""`./run bench speech`: our normaliser and the public ones, on the same texts in one run.

Speed is characters for each second of CPU, of the process and those that it starts, over the
items and the sample notices.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.speech.evaluate import Judgement, judge, score
from benchmarks.speech.items import DEVELOPMENT, BadItems, Item, load
from benchmarks.speech.peers import LEFT_OUT, OURS, READERS

ROOT = Path(__file__).parents[2]
NOTICES = ROOT / "tests" / "notices"
PEERS_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
BAR_CHARS_S = 20_000  # issue 3


@dataclass(frozen=True, slots=True)
class Measured:
    """One reader over all texts; `errors` are texts that it raised an error for."""

    name: str
    version: str
    judgements: list[Judgement]
    errors: int
    cpu_s: float
    characters: int
    texts: int

    @property
    def chars_s(self) -> float:
        """Characters for each second of CPU."""
        return self.characters / self.cpu_s


def main(arguments: list[str]) -> int:
    """The exit code: 1 when we are slower than the bar or not the best, 2 for a bad set."""
    parser = argparse.ArgumentParser(prog="./run bench speech", description=__doc__)
    parser.add_argument("--set", type=Path, default=DEVELOPMENT, help="a folder of <category>.tsv")
    options = parser.parse_args(arguments)
    try:
        items = load(options.set)
    except BadItems as bad:
        print(bad, file=sys.stderr)
        return 2
    notices = [file.read_text(encoding="utf-8") for file in sorted(NOTICES.glob("*.txt"))]
    pythons = {name: sys.executable if name == OURS else str(PEERS_PYTHON) for name in READERS}
    tried = (measure(name, python, items, notices) for name, python in pythons.items())
    measured = [each for each in tried if each]
    print("\n".join(table(measured)))
    for name, why in LEFT_OUT.items():
        print(f"not measured: {name}: {why}")
    us, *others = measured
    best = all(score(us.judgements).passed >= score(each.judgements).passed for each in others)
    return 0 if best and us.name == OURS and us.chars_s >= BAR_CHARS_S else 1


def measure(name: str, python: str, items: list[Item], notices: list[str]) -> Measured | None:
    """Let one reader read everything; None, and a line that says so, if it does not start."""
    texts = [item.text for item in items] + notices
    try:
        version, answers = answers_of([python, "-m", "benchmarks.speech.peers", name], texts)
    except (OSError, ValueError) as why:
        print(f"not measured: {name}: {why}")
        return None
    judged = [
        judge(item, answer.get("said", ""), tuple(answer.get("reported", ())))
        for item, answer in zip(items, answers, strict=False)  # the notices have no item
    ]
    return Measured(
        name=name,
        version=version,
        judgements=judged,
        errors=sum("error" in answer for answer in answers),
        cpu_s=sum(answer["cpu_s"] for answer in answers),
        characters=sum(map(len, texts)),
        texts=len(texts),
    )


def answers_of(command: list[str], texts: list[str]) -> tuple[str, list[dict[str, Any]]]:
    """The version and an answer for each text; raises ValueError for a process that fails."""
    asked = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    ended = subprocess.run(
        command, cwd=ROOT, input=asked, capture_output=True, text=True, check=False
    )
    first, *answers = map(json.loads, ended.stdout.splitlines() or ["{}"])
    if ended.returncode or len(answers) != len(texts):
        told = ended.stderr.strip().splitlines() or [f"exit {ended.returncode}"]
        raise ValueError(told[-1])
    return str(first["version"]), answers


def table(measured: list[Measured]) -> list[str]:
    """A Markdown table: a row for each category and figure, a column for each reader."""
    rows = [["category", "items", *(each.name for each in measured)]]
    rows.append(["version", "", *(each.version for each in measured)])
    for category in dict.fromkeys(j.item.category for j in measured[0].judgements):
        found = [[j for j in m.judgements if j.item.category == category] for m in measured]
        rows.append([category, str(len(found[0])), *map(_passed, found)])
    every = [each.judgements for each in measured]
    rows.append(["**total passed**", str(len(every[0])), *map(_passed, every)])
    rows.append(["**passed %**", "", *(f"{score(js).percent:.1f}" for js in every)])
    rows.append(["meaning changed", "", *(str(score(js).meaning_changes) for js in every)])
    rows.append(
        ["digit or symbol left", "", *(str(sum(bool(j.residue) for j in js)) for js in every)]
    )
    rows.append(["errors raised", "", *(str(each.errors) for each in measured)])
    rows.append(["ms a text", "", *(f"{1000 * m.cpu_s / m.texts:.2f}" for m in measured)])
    rows.append(["characters a CPU s", "", *(f"{m.chars_s:,.0f}" for m in measured)])
    rows.insert(1, ["---"] * len(rows[0]))
    return ["| " + " | ".join(row) + " |" for row in rows]


def _passed(judgements: Iterable[Judgement]) -> str:
    return str(score(judgements).passed)
