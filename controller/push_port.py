"""Push port: what the use cases need of whoever carries a message to a telephone."""

from enum import Enum
from typing import Protocol

from controller.model import PushSubscription


class Pushed(Enum):
    """What became of a message to a telephone."""

    SENT = "sent"
    LATER = "later"  # the service did not take it now
    GONE = "gone"  # the browser wants none any more, or cannot have any


class Pusher(Protocol):
    """Carries a message to a telephone."""

    def push(self, to: PushSubscription, message: str) -> Pushed:
        """Hand it over; never raises for what the service says."""
