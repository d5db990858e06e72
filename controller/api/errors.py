"""What a program is refused."""

from controller.errors import ControllerError


class OtherAct(ControllerError):
    """Idempotency-Key này đã dùng cho một yêu cầu khác. Hãy đặt khóa mới cho việc mới."""
