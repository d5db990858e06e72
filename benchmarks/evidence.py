"""`./run bench evidence`: how often the ear is wrong, by noise and by what else is heard.

Speech of espeak-ng in several voices, seeded: ours goes through a simulated receiver or room
(delay 0 to 3 s, telephone band, gain control, clipping, noise), or somebody else's is heard in its
place. Synthetic speech, white noise: true figures for these, and none of a market.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from station_agent.ear.__main__ import level
from station_agent.ear.sources import BLOCK, RATE
from station_agent.evidence.listening import MOST_LAG, WINDOW, Sound, compare, lively
from station_agent.evidence.timeline import KEPT, Timeline
from tests.fakes.speech import espeak

Samples = NDArray[np.float64]
SECONDS = 40
TEXTS = (
    "Ủy ban nhân dân xã thông báo lịch tiêm phòng cho đàn trâu bò trong tuần này tại nhà văn hóa.",
    "Kính mời bà con đến trạm y tế để khám sức khỏe định kỳ. Khi đi nhớ mang theo thẻ bảo hiểm.",
    "Dự báo thời tiết: đêm nay có mưa rào và dông, gió nhẹ, nhiệt độ thấp nhất hai mươi hai độ.",
    "Good evening, here is the news from the capital, followed by the weather and some music.",
)
VOICES = ("vi", "vi+f2", "vi+m3", "en")
NOISES_DB = (30, 20, 10, 5, 0)


def main() -> None:
    """Print the rates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=40, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(f"seed {options.seed}, {options.trials} trials of {SECONDS} s each, windows of 3 s")
    print("heard                  programme   other  nothing  unsure  not judged yet")
    for snr_db in NOISES_DB:
        report(f"ours, SNR {snr_db} dB", options.trials, options.seed, snr_db, stranger=False)
    for snr_db in NOISES_DB:
        report(f"stranger, SNR {snr_db} dB", options.trials, options.seed, snr_db, stranger=True)
    rng = np.random.default_rng(options.seed)
    for name, make in (("hiss", hiss), ("hiss under a gain control", pumped)):
        windows = [lively(one) for _ in range(options.trials) for one in windows_of(make(rng))]
        print(f"{name}: {sum(windows)} of {len(windows)} windows taken for a signal")
    late = [late_s(np.random.default_rng([options.seed, n])) for n in range(options.trials)]
    found = sorted(one for one in late if one is not None)
    print(
        f"stranger cuts in on the air: {len(found)} of {len(late)} told, "
        f"after {np.median(found):.1f} s (median), {found[-1]:.1f} s (worst)"
    )


def report(name: str, trials: int, seed: int, snr_db: float, *, stranger: bool) -> None:
    """One row: the share of windows of each kind."""
    counts: Counter[Sound | None] = Counter()
    for trial in range(trials):
        rng = np.random.default_rng([seed, trial, round(snr_db)])
        ours, theirs = pick(rng)
        heard = channel(rng, theirs if stranger else ours, snr_db)
        counts.update(judged(ours, heard, None))
    total = counts.total()
    shares = [counts[one] / total for one in (*Sound, None)]
    print(f"{name:22}" + "".join(f"{share:9.1%}" for share in shares))


def judged(ours: Samples, heard: Samples, lag: int | None) -> Iterator[Sound | None]:
    """What each second's window is found to be, the delay learnt as the agent learns it."""
    played, ear = levels(ours), levels(heard)
    for end in range(WINDOW + MOST_LAG, len(ear), 10):
        begin = max(0, end - KEPT)
        look = compare(Timeline(begin, ear[begin:end]), Timeline(begin, played[begin:end]), lag)
        if look is not None:
            lag = look.lag
        yield None if look is None else look.sound


def late_s(rng: np.random.Generator) -> float | None:
    """When it is told that a stranger takes the place of ours at half time; None: never.

    The player's levels come up to a second late, the ear's 0.3 s.
    """
    ours, theirs = pick(rng)
    heard = channel(rng, ours, 20)
    half = len(heard) // 2
    heard[half:] = channel(rng, theirs, 20)[half:]
    strange = 0
    for n, found in enumerate(judged(ours, heard, None)):
        strange = strange + 1 if found is Sound.OTHER else 0
        at = (WINDOW + MOST_LAG + 10 * n) / 10 - SECONDS / 2
        if strange >= 2 and at > 0:
            return at + 1.3
    return None


def pick(rng: np.random.Generator) -> tuple[Samples, Samples]:
    """Two different speakers with different texts."""
    one, other = rng.choice(len(TEXTS), 2, replace=False)
    voices = rng.choice(len(VOICES) - 1, 2)
    spoken = [speech(n, "en" if n == len(TEXTS) - 1 else VOICES[v]) for n, v in
              zip((one, other), voices, strict=True)]  # fmt: skip
    return spoken[0], np.roll(spoken[1], int(rng.integers(0, SECONDS * RATE)))


@cache
def speech(text: int, voice: str) -> Samples:
    """A text read again and again."""
    with tempfile.TemporaryDirectory() as folder:
        return espeak(TEXTS[text], Path(folder), RATE, SECONDS, voice).astype(np.float64)


def channel(rng: np.random.Generator, samples: Samples, snr_db: float) -> Samples:
    """A room or a radio, each time another one."""
    delay = int(rng.integers(0, 3 * RATE))
    heard = np.concatenate([np.zeros(delay), samples])[: len(samples)]
    heard = sosfilt(butter(2, (300, 3_400), "bandpass", fs=RATE, output="sos"), heard)
    power = np.mean(heard[delay:] ** 2)
    heard = heard + rng.normal(0, np.sqrt(power / 10 ** (snr_db / 10)), len(heard))
    if rng.random() < 1 / 2:
        heard = gain_controlled(heard)
    top = float(np.abs(heard).max()) * rng.uniform(0.3, 1.0)
    return np.asarray(heard.clip(-top, top) * (20_000 / top))


def gain_controlled(samples: Samples) -> Samples:
    """Brought to one level over about a second, as cheap recorders do."""
    power = sosfilt(butter(1, 0.3, fs=RATE, output="sos"), samples**2)
    return np.asarray(samples / np.sqrt(np.maximum(power, power.max() * 1e-4)))


def hiss(rng: np.random.Generator) -> Samples:
    """A receiver without a carrier."""
    return rng.normal(0, 4_000, SECONDS * RATE)


def pumped(rng: np.random.Generator) -> Samples:
    """The same, its gain going up and down by 20 dB in a few seconds."""
    turns = np.interp(np.arange(SECONDS * RATE) / RATE, range(0, 44, 4), rng.uniform(-20, 0, 11))
    return hiss(rng) * 10 ** (turns / 20)


def windows_of(samples: Samples) -> Iterator[tuple[float, ...]]:
    """Every second's window."""
    found = levels(samples)
    return (found[end - WINDOW : end] for end in range(WINDOW, len(found), 10))


def levels(samples: Samples) -> tuple[float, ...]:
    """As the ear tells them."""
    whole = samples.clip(-32_768, 32_767).astype("<i2")
    return tuple(level(whole[n : n + BLOCK].tobytes()) for n in range(0, len(whole), BLOCK))


if __name__ == "__main__":
    main()
