"""Mail words: reports that go by e-mail, and how they fare, as people call it."""

from collections.abc import Mapping

from controller.mails.periods import Every, Span
from controller.model import Mail
from web.dates import moment
from web.words import Word

EVERY: Mapping[Every, str] = {
    Every.WEEK: "hằng tuần, 7 giờ sáng thứ Hai",
    Every.MONTH: "hằng tháng, 7 giờ sáng ngày 1",
}

SENT = Word("Đã gửi", "check", "good")
WAITING = Word("Đang gửi", "clock", "wait")
LATE = Word("Chưa gửi được", "warning", "wait")
LOST = Word("Không gửi được", "cross", "bad")


def period(when: Span) -> str:
    """`tuần 16/11/2026–22/11/2026`, `tháng 10/2026`."""
    if when.first.day == 1 and (when.last - when.first).days > 6:
        return f"tháng {when.first:%m/%Y}"
    return f"tuần {when.first:%d/%m/%Y}–{when.last:%d/%m/%Y}"


def subject(place: str, when: Span) -> str:
    """What a mail is about; one line whatever a place is called."""
    return " ".join(f"Báo cáo phát thanh {period(when)}, {place}".split())


def standing(mail: Mail) -> Word:
    """How a mail fares."""
    if mail.done_at:
        return SENT
    if mail.due_at is None:
        return LOST
    return LATE if mail.tries else WAITING


def told(mail: Mail) -> str:
    """When it went, or why it did not."""
    if mail.done_at:
        return f"gửi xong {moment(mail.done_at)}"
    again = f" Thử lại {moment(mail.due_at)}." if mail.due_at and mail.tries else ""
    return f"{mail.told}{again}".strip() or "đang chờ gửi"
