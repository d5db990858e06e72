"""Which adapter speaks with a box, and what no box of another maker can do, whoever speaks."""

import msgspec

from controller.foreign.http import HttpPolling
from controller.foreign.mqtt import OwnMqtt
from controller.foreign.ports import ForeignStations
from controller.foreign.profile import Profile
from controller.model import BoxKind, ForeignBox

LIMITS = (
    "Không tự kiểm tra chữ ký: ai giữ được thiết bị hay tài khoản của nó thì cho nó phát thứ khác.",
    "Không chống phát lại: thứ đã giao cho thiết bị, thiết bị có thể phát lần nữa.",
    "Kết quả do thiết bị tự báo, máy chủ không kiểm chứng được; bằng chứng xếp dưới mức L0.",
    "Không tiếp sóng; bị tin khẩn cấp ngắt thì không phát tiếp phần còn lại.",
)
"""Of every box of another maker; sentences for people."""


def adapter_of(box: ForeignBox) -> ForeignStations:
    """How this box is spoken with."""
    return HttpPolling(box.poll_s) if box.kind == BoxKind.HTTP else own_mqtt(box)


def own_mqtt(box: ForeignBox) -> OwnMqtt:
    """How an MQTT box is spoken with."""
    return OwnMqtt(msgspec.convert(box.profile, Profile), box.device)


def limits_of(box: ForeignBox) -> tuple[str, ...]:
    """All that its page must say."""
    return (*LIMITS, *adapter_of(box).limits)
