"""What an encoder's language must be able to say; how it travels is the encoder's part."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Protocol

from station_agent.hardware.fm.groups import Group
from station_agent.hardware.fm.programme import Programme


class Answer(Enum):
    """What an encoder made of a sentence."""

    DONE = "done"
    REFUSED = "refused"
    OPEN = "open"  # nothing complete was heard yet


class Dialect(Protocol):
    """A language of encoders; pure. A sentence is one thing said, not yet framed."""

    @property
    def answers(self) -> bool:
        """Whether this encoder answers every sentence."""

    def statements(self, programme: Programme, /) -> dict[str, bytes]:
        """Return the sentences that make an encoder say `programme`, named, in order."""

    def clock(self, now: datetime | None, /) -> list[bytes]:
        """Return what sets its clock; None: ours is not sure, so no time goes on the air."""

    def code(
        self, groups: Sequence[Group], programme: Programme, application: int | None, /
    ) -> list[bytes]:
        """Return a sentence for each group; `application` is what announces them, if any does."""

    def framed(self, sentence: bytes, counter: int, /) -> bytes:
        """Return what goes on the line; `counter` is 1 to 255."""

    def answer(self, heard: bytes, counter: int, /) -> Answer:
        """Judge what came back since sentence `counter` went out."""

    def question(self) -> bytes | None:
        """Return the sentence that asks for the PI; None: this encoder cannot be asked."""

    def answered_pi(self, heard: bytes, /) -> int | None:
        """Return the PI in what came back; None when it is not there yet."""
