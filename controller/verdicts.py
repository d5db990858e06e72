"""Verdicts: what an `ended` line means. Pure; verdict_ledger.py writes them down.

| what left the player       | cause                                   | verdict          |
|----------------------------|-----------------------------------------|------------------|
| at least 98 % of samples   | any                                     | aired            |
| some, but less             | any                                     | partial(cause)   |
| nothing                    | late, no_recording, power, clock, disk  | missed(cause)    |
| nothing                    | displaced, cancelled, stopped, window   | skipped(cause)   |
| nothing                    | finished, bad_recording, player,        | failed(cause)    |
|                            | not_released                            |                  |

`finished` without a sample is a failure: a verdict says what was heard, not what was meant.
"""

from collections.abc import Mapping

from contract.reports import AIRED_SHARE, Ended
from contract.states import Cause, Verdict

UNHEARD: Mapping[Cause, Verdict] = {
    Cause.LATE: Verdict.MISSED,
    Cause.NO_RECORDING: Verdict.MISSED,
    Cause.POWER: Verdict.MISSED,
    Cause.CLOCK: Verdict.MISSED,
    Cause.DISK: Verdict.MISSED,
    Cause.DISPLACED: Verdict.SKIPPED,
    Cause.CANCELLED: Verdict.SKIPPED,
    Cause.STOPPED: Verdict.SKIPPED,
    Cause.WINDOW: Verdict.SKIPPED,
    Cause.FINISHED: Verdict.FAILED,
    Cause.BAD_RECORDING: Verdict.FAILED,
    Cause.PLAYER: Verdict.FAILED,
    Cause.NOT_RELEASED: Verdict.FAILED,
}
"""The verdict on an airing of which not one sample left the player."""


def judge(ended: Ended) -> Verdict:
    """The verdict on one airing on one station."""
    if ended.played_samples == 0:
        return UNHEARD[ended.cause]
    # without a length nobody can say that the whole of it was heard
    whole = ended.total_samples > 0
    if whole and ended.played_samples >= AIRED_SHARE * ended.total_samples:
        return Verdict.AIRED
    return Verdict.PARTIAL


REASONS: Mapping[Cause, str] = {
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
}
"""How a cause is told to people."""
