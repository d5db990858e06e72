"""`./run bar`: each notice of a folder through the headless road, measured against the bar.

The bar: every verdict `aired`; captured samples correlate at least 0.98 with the recording; start
within 100 ms of the plan; loudness within 1 LU of -16 LUFS; plans accepted by all stations within
2 s of the approval; agent and player at most 60 MB resident each, controller at most 150 MB.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from pyloudnorm import Meter

from benchmarks.memory import PeakMemory
from tests.system.waves import RATE, decoded, likeness

ROOT = Path(__file__).parents[1]
NOTICES = ROOT / "tests" / "notices"
LIMITS_MB = {"agent": 60.0, "player": 60.0, "controller": 150.0}
LIKENESS, START_MS, LOUDNESS_LU, ACCEPT_S, TARGET_LUFS = 0.98, 100.0, 1.0, 2.0, -16.0


def main() -> int:
    """The exit code: 0 when everything is inside the bar."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--notices", type=Path, default=NOTICES)
    parser.add_argument("--stations", type=int, default=3)
    options = parser.parse_args()
    notices = sorted(options.notices.glob("*.txt"))
    if not notices:
        print(f"no notice in {options.notices}", file=sys.stderr)
        return 2
    missed: list[str] = []
    for notice in notices:
        with tempfile.TemporaryDirectory(prefix="truyen-thanh-bar-") as folder:
            missed += measure(notice, options.stations, Path(folder))
    print("\n".join(missed) if missed else f"{len(notices)} notices, all inside the bar")
    return 1 if missed else 0


def measure(notice: Path, stations: int, folder: Path) -> list[str]:
    """Air one notice and print its figures; gives what misses the bar."""
    outcome_file, data = folder / "outcome.json", folder / "var"
    command = [sys.executable, "-m", "controller", "demo", "--once", "--notice", str(notice)]
    command += ["--stations", str(stations), "--json", str(outcome_file), "--data", str(data)]
    with PeakMemory(data) as memory:
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if ended.returncode != 0 or not outcome_file.exists():
        return [f"{notice.name}: exit {ended.returncode}: {ended.stderr[-300:]}"]
    figures = figures_of(json.loads(outcome_file.read_text()))
    figures |= {f"{kind} MB": round(mb, 1) for kind, mb in sorted(memory.peaks.items())}
    print(f"{notice.name}: " + ", ".join(f"{k} {v}" for k, v in figures.items()), flush=True)
    return [f"{notice.name}: {text}" for text in misses(figures)]


def figures_of(outcome: dict[str, Any]) -> dict[str, Any]:
    """The worst figure of all stations, for each line of the bar."""
    recording = decoded(Path(outcome["recording"]["path"]))
    captured = [decoded(Path(each["captured_wav"])) for each in outcome["stations"]]
    return {
        "audio s": round(outcome["recording"]["duration_s"], 1),
        "verdicts": sorted({each["verdict"] for each in outcome["stations"]}),
        "likeness": round(min(likeness(sound, recording) for sound in captured), 5),
        "start ms": round(max(abs(start_error_ms(each)) for each in outcome["stations"]), 2),
        "LUFS": [round(float(Meter(RATE).integrated_loudness(sound)), 2) for sound in captured],
        "true peak dBTP": outcome["recording"]["true_peak_dbtp"],
        "voice s": round(seconds(outcome, "composed_at", "voiced_at"), 2),
        "accept s": round(seconds(outcome, "approved_at", "plans_accepted_at"), 2),
        "end to verdict s": round(
            max(
                (moment(outcome["judged_at"]) - moment(each["ended_at"])).total_seconds()
                for each in outcome["stations"]
            ),
            2,
        ),
    }


def misses(figures: dict[str, Any]) -> list[str]:
    """What lies outside the bar, one sentence each."""
    found = [
        f"{kind} {figures.get(f'{kind} MB', 0)} MB > {limit}"
        for kind, limit in LIMITS_MB.items()
        if not 0 < figures.get(f"{kind} MB", 0) <= limit
    ]
    far = max(abs(lufs - TARGET_LUFS) for lufs in figures["LUFS"])
    checks = {
        f"verdicts {figures['verdicts']}": figures["verdicts"] == ["aired"],
        f"likeness {figures['likeness']}": figures["likeness"] >= LIKENESS,
        f"start {figures['start ms']} ms": figures["start ms"] <= START_MS,
        f"loudness off by {far:.2f} LU": far <= LOUDNESS_LU,
        f"plans accepted after {figures['accept s']} s": figures["accept s"] <= ACCEPT_S,
    }
    return found + [text for text, kept in checks.items() if not kept]


def start_error_ms(station: dict[str, Any]) -> float:
    """How far the first sample was from the plan."""
    error = moment(station["started_at"]) - moment(station["planned_at"])
    return error.total_seconds() * 1_000


def seconds(outcome: dict[str, Any], since: str, until: str) -> float:
    """Between two moments of the outcome; infinite when the later one never came."""
    if outcome[until] is None:
        return float("inf")
    return (moment(outcome[until]) - moment(outcome[since])).total_seconds()


def moment(text: str) -> datetime:
    """An instant of the outcome."""
    return datetime.fromisoformat(text)


if __name__ == "__main__":
    sys.exit(main())
