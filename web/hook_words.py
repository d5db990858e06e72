"""Hook words: what other systems are told of, and how it fares, as people call it."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from controller.hooks.kinds import Kind
from controller.model import Hook, HookDelivery
from web.dates import moment
from web.words import Word

KIND: Mapping[Kind, str] = {
    Kind.SUBMITTED: "bản tin được gửi duyệt",
    Kind.APPROVED: "bản tin được duyệt",
    Kind.RETURNED: "bản tin bị trả lại",
    Kind.EDITED: "bản tin được sửa",
    Kind.WITHDRAWN: "bản tin được rút",
    Kind.SLOT_LOST: "bản tin lỡ giờ vì chưa duyệt",
    Kind.CANCELLED: "lượt phát bị hủy",
    Kind.MOVED: "lượt phát chuyển giờ",
    Kind.VERDICT: "kết quả phát của cụm loa",
    Kind.EMERGENCY: "tin khẩn cấp bắt đầu phát",
    Kind.ALL_CLEAR: "báo yên",
    Kind.SILENT: "cụm loa mất liên lạc",
    Kind.BACK: "cụm loa liên lạc lại",
    Kind.ALARM: "cảnh báo của cụm loa, của máy chủ",
    Kind.ALARM_OVER: "hết cảnh báo",
    Kind.TEST: "tin gửi thử",
}

ON = Word("Đang báo", "check", "good")
FAILING = Word("Đang lỗi", "warning", "wait")
PAUSED = Word("Tạm ngừng", "warning", "bad")
STOPPED = Word("Đã dừng", "stop", "calm")

TAKEN = Word("Đã nhận", "check", "good")
WAITING = Word("Đang chờ", "clock", "wait")
LOST = Word("Chưa nhận", "cross", "bad")


class Message(Struct, frozen=True):
    """A line of the list of messages."""

    id: str
    what: str
    word: Word
    made_at: datetime
    told: str
    can_send_again: bool


def standing(hook: Hook) -> Word:
    """How a hook stands."""
    if hook.stopped_at:
        return STOPPED
    if hook.paused_at:
        return PAUSED
    return FAILING if hook.failing_since else ON


def message(row: HookDelivery) -> Message:
    """What became of a message, with the answer of the other system."""
    word = TAKEN if row.done_at else WAITING if row.due_at else LOST
    again = word is LOST and row.kind != Kind.TEST
    return Message(row.id, KIND[Kind(row.kind)], word, row.made_at, _told(row), again)


def answered(row: HookDelivery) -> str:
    """The last answer, in words."""
    if row.code is None:
        return row.told
    said = f": “{row.told}”." if row.told else "."
    return f"Trả lời mã {row.code} sau {row.took_ms} mili giây{said}"


def _told(row: HookDelivery) -> str:
    if not row.tries:
        return "chưa gửi lần nào"
    again = f"; thử lại {moment(row.due_at)}" if row.due_at else ""
    tries = f" (lần thử {row.tries}{again})" if row.tries > 1 or again else ""
    return answered(row) + tries
