"""Why a box does not get what it asks for."""

from controller.errors import ControllerError


class BadRequest(ControllerError):
    """A box asks for a certificate that it does not get; the sentence says why."""


class TooManyClaims(ControllerError):
    """Thử quá nhiều mã sai. Hãy đợi ít phút rồi thử lại."""
