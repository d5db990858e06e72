"""What adapters put on the loop's inbox: what happened to the station, and to its links."""

from queue import SimpleQueue

from msgspec import Struct

from station_agent.events import Event


class Delivery(Struct, frozen=True):
    """A message that came down; `receipt` is handed back to the link once it is obeyed."""

    topic: str
    payload: bytes
    receipt: tuple[int, int]


class LinkUp(Struct, frozen=True):
    """The broker is there, and what was published before may be lost."""


class LinkDown(Struct, frozen=True):
    """The broker is gone."""


class Confirmed(Struct, frozen=True):
    """The broker has what was published under this token (in its memory, no more)."""

    token: int


class StopAsked(Struct, frozen=True):
    """The agent is asked to stop in order."""


class Crashed(Struct, frozen=True):
    """A thread of an adapter has died of an error; the agent must not go on without it."""

    detail: str


Input = Event | Delivery | LinkUp | LinkDown | Confirmed | StopAsked | Crashed

Inbox = SimpleQueue[Input]
