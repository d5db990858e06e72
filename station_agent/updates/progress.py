"""How far the agent has come with replacing itself: values only."""

from msgspec import Struct


class GivenUp(Struct, frozen=True):
    """A version that was tried and is not tried again; `told`: it stands in the journal."""

    version: str
    why: str
    told: bool = False


class Update(Struct, frozen=True, kw_only=True):
    """What is known of copies of the agent. Instants are CLOCK_MONOTONIC nanoseconds."""

    running: str  # the version of this process
    on_trial: bool = False  # this process has to prove itself
    trial_ns: int = 0  # on trial: since when
    through: int = 0  # on trial: up to which line the server had the journal then
    proven_ns: int | None = None  # on trial: when its self-test was passed
    failed: str = ""  # on trial: why its self-test was not passed
    given_up: GivenUp | None = None
    fetching: str = ""
    staged: str = ""  # lies in the spare slot
    retry_ns: int = 0  # after a failed download, not before
    leaving: bool = False  # this process ends now, for the next one
