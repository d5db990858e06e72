"""The floor of a box that takes the place of another: what was made for that one is refused.

An order or a plan that somebody recorded then is unknown to the new box's memory, and still signed.
"""

from contract.claims import Floor
from contract.errors import Refusal, RefusedMessage
from contract.messages import Order, Plan, Signed


def check(message: Signed, floor: Floor | None) -> None:
    """Raises RefusedMessage. Emergencies and their all-clears pass: what is valid must sound."""
    if floor is None:
        return
    if isinstance(message, Plan) and (message.epoch, message.seq) <= (floor.epoch, floor.seq):
        detail = f"Lịch phát {message.epoch}.{message.seq} lập cho hộp trước, hộp này không nhận"
        raise RefusedMessage(Refusal.OTHER_BOX, detail)
    if isinstance(message, Order) and message.iat < floor.not_before:
        made = message.iat.isoformat(timespec="seconds")
        detail = f"Lệnh lập lúc {made} là cho hộp trước, hộp này không làm theo"
        raise RefusedMessage(Refusal.OTHER_BOX, detail)
