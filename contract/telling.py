"""Telling: causes and stances as people read them, in Vietnamese; the one table for it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from contract.errors import Refusal
from contract.stances import Doing, Hold, Stance, VolumeRule
from contract.states import Cause, Class, ToneOutcome

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

CAUSES: Mapping[Cause, str] = {
    Cause.FINISHED: "phát hết",
    Cause.LATE: "đến giờ phát cụm loa chưa sẵn sàng, đã quá giờ",
    Cause.NO_RECORDING: "chưa tải được tệp âm thanh trước giờ phát",
    Cause.POWER: "mất điện hoặc máy khởi động lại",
    Cause.DISPLACED: "nhường cho bản tin ưu tiên hơn",
    Cause.CANCELLED: "lượt phát bị hủy",
    Cause.STOPPED: "có lệnh dừng phát",
    Cause.WINDOW: "ngoài khung giờ cho phép",
    Cause.BAD_RECORDING: "tệp âm thanh hỏng",
    Cause.PLAYER: "lỗi bộ phát âm thanh",
    Cause.NOT_RELEASED: "thiếu phê duyệt hợp lệ",
    Cause.CLOCK: "đồng hồ cụm loa sai, không dám phát",
    Cause.DISK: "ổ đĩa cụm loa hỏng hoặc đầy, không ghi được nhật ký",
    Cause.RIG: "âm ly hoặc máy phát sóng không hoạt động",
}
"""Why an airing ended."""

TESTED: Mapping[ToneOutcome, str] = {
    ToneOutcome.SOUNDED: "đã phát hết âm thử",
    ToneOutcome.BUSY: "không thử: đang phát hoặc sắp phát",
    ToneOutcome.HOURS: "không thử: ngoài khung giờ cho phép",
    ToneOutcome.CLOCK: "không thử: đồng hồ chưa đáng tin",
    ToneOutcome.DISK: "không thử: không ghi được nhật ký",
    ToneOutcome.GAVE_WAY: "dừng thử để nhường lượt phát",
    ToneOutcome.STOPPED: "âm thử bị dừng",
    ToneOutcome.RIG: "âm ly hoặc máy phát không lên",
    ToneOutcome.PLAYER: "bộ phát âm thanh lỗi",
}
"""What came of a self-test."""

REFUSED: Mapping[Refusal, str] = {
    Refusal.UNREADABLE: "cụm loa không đọc được, có thể phần mềm của nó đã cũ",
    Refusal.UNKNOWN_VERSION: "cụm loa không hiểu, có thể phần mềm của nó đã cũ",
    Refusal.UNSIGNED: "không có chữ ký mà cụm loa tin",
    Refusal.NOT_ENOUGH_SIGNATURES: "thiếu chữ ký",
    Refusal.WRONG_ADDRESS: "không gửi cho cụm loa này",
    Refusal.WRONG_TOPIC: "đến sai kênh",
    Refusal.NOT_YET_VALID: "theo đồng hồ cụm loa thì chưa đến giờ có hiệu lực",
    Refusal.EXPIRED: "theo đồng hồ cụm loa thì đã hết hiệu lực",
    Refusal.STALE: "cũ hơn lịch mà cụm loa đang giữ",
    Refusal.REPLAYED: "đã được thực hiện trước đó",
    Refusal.OTHER_BOX: "làm cho hộp trước, không phải cho hộp đang dùng",
    Refusal.NOT_RELEASED: "có lượt phát thiếu phê duyệt hợp lệ",
    Refusal.CLOCK_UNSURE: "đồng hồ cụm loa chưa đáng tin",
}
"""Why a station does not obey."""

HOLDS: Mapping[Hold, str] = {
    Hold.CLOCK: "đồng hồ chưa đáng tin, chỉ phát tin khẩn cấp",
    Hold.DISK: "không ghi được nhật ký, chỉ phát tin khẩn cấp",
    Hold.RECORDING: "chưa tải xong tệp âm thanh",
    Hold.RIG: "âm ly hoặc máy phát sóng chưa bật được, đang thử lại",
    Hold.PLAYER: "bộ phát âm thanh vừa lỗi, sắp thử lại",
}
"""Why nothing sounds though something should."""

RULES: Mapping[VolumeRule, str] = {
    VolumeRule.ITEM: "đặt riêng cho bản tin",
    VolumeRule.ORDER: "theo lệnh chỉnh âm lượng",
    VolumeRule.HOUR: "theo giờ trong ngày",
    VolumeRule.PLAN: "mức thường của cụm loa",
    VolumeRule.SETTING: "theo cấu hình trên máy",
    VolumeRule.MAXIMUM: "mức tối đa của cụm loa",
    VolumeRule.EMERGENCY: "mức tối đa cho tin khẩn cấp",
}
"""What set the volume."""

Name = Callable[[str], str]
"""From the id of an airing to what people call it."""


def tell(stance: Stance, name: Name) -> str:
    """One or two sentences: what is done, and why."""
    return f"{_doing(stance, name)}.{_left(stance, name)}"


def _doing(stance: Stance, name: Name) -> str:
    what = "bản tin" if stance.airing is None else name(stance.airing)
    match stance.doing:
        case Doing.IDLE:
            return "Im lặng: lịch không còn lượt phát nào"
        case Doing.WAITING:
            when = "" if stance.at is None else f" lúc {_moment(stance.at)}"
            return f"Im lặng, chờ phát {what}{when}"
        case Doing.RISING:
            return f"Đang bật âm ly và máy phát sóng để phát {what}"
        case Doing.HELD:
            why = "" if stance.hold is None else f": {HOLDS[stance.hold]}"
            return f"Chưa phát {what}{why}"
        case Doing.PLAYING:
            return f"Đang phát {what}{_playing(stance, name)}"


def _playing(stance: Stance, name: Name) -> str:
    order = "lệnh khẩn cấp" if stance.cls is Class.EMERGENCY else "lịch phát"
    parts = [f" theo {order}"]
    if stance.over:
        parts.append(f"đã ngắt {_names(stance.over, name)}")
    if stance.behind:
        parts.append(f"đang chờ lượt: {_names(stance.behind, name)}")
    if stance.volume is not None and stance.rule is not None:
        parts.append(f"âm lượng {stance.volume} % ({RULES[stance.rule]})")
    return "; ".join(parts)


def _left(stance: Stance, name: Name) -> str:
    if stance.left is None or stance.cause is None:
        return ""
    order = " theo lệnh của người điều hành" if stance.by else ""
    return f" Trước đó {name(stance.left)} đã thôi: {CAUSES[stance.cause]}{order}."


def _names(airings: tuple[str, ...], name: Name) -> str:
    return ", ".join(name(airing) for airing in airings)


def _moment(at: datetime) -> str:
    return at.astimezone(ZONE).strftime("%H:%M:%S ngày %d/%m/%Y")
