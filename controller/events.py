"""Events: what the runtime's queue holds, put there by the hub, the ticker and a stop."""

from msgspec import Struct

from controller.incoming import Arrived


class Connected(Struct, frozen=True):
    """The broker took us in; without a `session` it has lost what it held."""

    session: bool


class Disconnected(Struct, frozen=True):
    """The broker is gone."""

    reason: str


class Confirmed(Struct, frozen=True):
    """The broker has message number `mid` in its memory."""

    mid: int


class Nudged(Struct, frozen=True):
    """Another process of the server wrote something that should go out at once."""


class Due(Struct, frozen=True):
    """A chore's time has come."""

    chore: str


class Stopping(Struct, frozen=True):
    """The program is asked to end."""


Event = Connected | Disconnected | Confirmed | Nudged | Due | Stopping | Arrived
