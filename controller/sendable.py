"""Sendable: what is still missing before a bulletin may be sent for approval. Pure."""

from collections.abc import Collection, Iterator, Sequence

from contract.states import Class
from controller import declaring
from controller.content import unknown_words
from controller.declaring import Declared
from controller.model import Bulletin, Field
from scheduler.problem import Problem


def recording_problems(bulletin: Bulletin, acknowledged: Collection[str]) -> list[Problem]:
    """Its sound: made, heard by its author, every doubtful word seen."""
    if bulletin.recording_sha256 is None:
        return [Problem("recording", "Bản tin chưa có bản ghi âm: bấm Nghe thử trước khi gửi.")]
    found = []
    if bulletin.listened_at is None:
        found.append(Problem("listened", "Hãy nghe hết bản ghi âm trước khi gửi duyệt."))
    unseen = [word for word in unknown_words(bulletin) if word not in acknowledged]
    if unseen:
        words = ", ".join(f"“{word}”" for word in unseen)
        found.append(Problem("unknown", f"Máy chưa chắc cách đọc {words}: nghe lại và xác nhận."))
    return found


def office_problems(
    bulletin: Bulletin, declared: Declared, words: Sequence[str]
) -> Iterator[Problem]:
    """What an office has to know before it answers for a notice; not asked of an emergency."""
    if bulletin.cls == Class.EMERGENCY:
        return
    if bulletin.field == Field.UNSAID:
        yield Problem("send_field", "Chọn lĩnh vực của bản tin.")
    is_law = bulletin.field == Field.POLICY_AND_LAW
    if is_law and not bulletin.expires_on and not declared.no_expiry:
        yield Problem("send_expires_on", "Ghi ngày văn bản hết hiệu lực, hoặc chọn “Không có”.")
    yield from declaring.problems(declared, words)
