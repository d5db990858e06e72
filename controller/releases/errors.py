"""What can go wrong with releases; texts that people read are Vietnamese."""

from controller.errors import ControllerError


class ReleaseError(ControllerError):
    """A release cannot be made, signed or published as asked."""
