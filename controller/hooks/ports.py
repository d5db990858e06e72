"""Ports: what the use cases need of whoever carries a message to another system."""

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

GONE = 410  # Standard Webhooks: the receiver wants no more


class Answer(Struct, frozen=True, kw_only=True):
    """What became of a message. `code` None: no answer came, and `told` says why in Vietnamese;
    else `told` is the beginning of what the system said.
    """

    code: int | None
    told: str
    took_ms: int

    @property
    def is_taken(self) -> bool:
        """Whether the other system has it."""
        return self.code is not None and 200 <= self.code < 300


class Poster(Protocol):
    """Carries a message to another system."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Hand it over within seconds; never raises for what the network or the system does."""
