"""Verdicts: what an `ended` line means. Pure; verdict_ledger.py writes them down.

| what left the player       | cause                                   | verdict          |
|----------------------------|-----------------------------------------|------------------|
| at least 98 % of samples   | any                                     | aired            |
| some, but less             | any                                     | partial(cause)   |
| nothing                    | late, no_recording, power, clock, disk  | missed(cause)    |
| nothing                    | displaced, cancelled, stopped, window   | skipped(cause)   |
| nothing                    | finished, bad_recording, player, rig,   | failed(cause)    |
|                            | not_released                            |                  |

With a proof that nothing was heard (contract.proofs) what left the player counts as failed.
What a relay was silent for did not leave the player, for a verdict.
`finished` without a sample is a failure: a verdict says what was heard, not what was meant.
"""

from collections.abc import Mapping

from msgspec import UnsetType

from contract.proofs import silencing
from contract.reports import AIRED_SHARE, Ended
from contract.states import Cause, Verdict

UNHEARD: Mapping[Cause, Verdict] = {
    Cause.LATE: Verdict.MISSED,
    Cause.NO_RECORDING: Verdict.MISSED,
    Cause.POWER: Verdict.MISSED,
    Cause.CLOCK: Verdict.MISSED,
    Cause.DISK: Verdict.MISSED,
    Cause.DISPLACED: Verdict.SKIPPED,
    Cause.CANCELLED: Verdict.SKIPPED,
    Cause.STOPPED: Verdict.SKIPPED,
    Cause.WINDOW: Verdict.SKIPPED,
    Cause.FINISHED: Verdict.FAILED,
    Cause.BAD_RECORDING: Verdict.FAILED,
    Cause.PLAYER: Verdict.FAILED,
    Cause.NOT_RELEASED: Verdict.FAILED,
    Cause.RIG: Verdict.FAILED,
}
"""The verdict on an airing of which not one sample left the player."""


def judge(ended: Ended) -> Verdict:
    """The verdict on one airing on one station."""
    silent = ended.silent_samples
    heard = ended.played_samples - (0 if isinstance(silent, UnsetType) else silent)
    if heard <= 0:
        return UNHEARD[ended.cause]
    if not isinstance(ended.proofs, UnsetType) and silencing(ended.proofs) is not None:
        return Verdict.FAILED
    # without a length nobody can say that the whole of it was heard
    whole = ended.total_samples > 0
    if whole and heard >= AIRED_SHARE * ended.total_samples:
        return Verdict.AIRED
    return Verdict.PARTIAL
