"""`python -m benchmarks.profiles`: what an output profile costs the player, beside the flat one.

The whole way from the mix to 16-bit samples, without pacing and without a card: CPU time for each
second of sound, the best of several rounds. The bar: 3 % of a core.
"""

import os
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the player has it; before NumPy

import numpy as np

from contract.states import Profile
from station_agent.player.mixer import Level, mix
from station_agent.player.ports import Block
from station_agent.player.shaping import shaped
from station_agent.player.wav import to_int16
from station_agent.player.wire import SAMPLE_RATE

BLOCK = SAMPLE_RATE // 50
SECONDS, ROUNDS = 20, 5
BAR = 0.03


class Nowhere:
    """A sink that makes samples ready for a card and lets them go."""

    underruns = 0

    def next_dac(self) -> int:
        """Always now."""
        return 0

    def write(self, block: Block) -> int:
        """Convert, no more."""
        to_int16(block)
        return 0

    def close(self) -> None:
        """Nothing is held."""


def main() -> int:
    """The exit code: 0 when every profile is inside the bar."""
    costs = {profile: min(cost(profile) for _ in range(ROUNDS)) for profile in Profile}
    for profile, share in costs.items():
        ratio = share / costs[Profile.FLAT]
        print(f"{profile:5} {share:7.3%} of a core, {ratio:5.1f} × flat")
    kept = max(costs.values()) <= BAR
    print(f"bar: {BAR:.0%} of a core: {'kept' if kept else 'MISSED'}")
    return 0 if kept else 1


def cost(profile: Profile) -> float:
    """CPU seconds for a second of loud noise: the limiter has work all the time."""
    noise = np.random.default_rng(1).uniform(-1, 1, BLOCK).astype(np.float32)
    sink, level = shaped(Nowhere, profile)(), Level()
    begun_s = time.process_time()
    for _ in range(SECONDS * SAMPLE_RATE // BLOCK):
        sink.write(level.apply(mix([(0, noise)], BLOCK)))
    return (time.process_time() - begun_s) / SECONDS


if __name__ == "__main__":
    raise SystemExit(main())
