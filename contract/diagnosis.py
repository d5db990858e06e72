"""A diagnosis: what a station tells of itself when a technician asks, in one bounded document."""

from msgspec import Struct

from contract.messages import VERSION, Count, Identity, Instant
from contract.reports import Beat, State
from contract.stances import Decision

LIMIT = 262_144
"""Bytes: some seconds of a weak mobile link, and all that a person reads."""


def path_of(order: str) -> str:
    """Where it is brought to, relative to the address of recordings."""
    return f"diagnosis/{order}"


class Diagnosis(Struct, frozen=True, kw_only=True):
    """`settings` hold no secrets; `log` are the last lines that the program wrote, oldest first."""

    station: Identity
    order: Identity
    at: Instant
    versions: dict[str, str]
    settings: dict[str, str]
    state: State
    beat: Beat
    last_line: Count  # of the journal
    stored_through: Count  # of it, by the server's last receipt
    decisions: tuple[Decision, ...]
    log: tuple[str, ...]
    v: int = VERSION
