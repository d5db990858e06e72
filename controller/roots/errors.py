"""Why a root is not made or not installed."""

from controller.errors import ControllerError


class BadRoot(ControllerError):
    """A root, or a key of it, cannot be used; the sentence says why."""
