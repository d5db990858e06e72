"""What the server refuses to do, and why; texts are for the people who asked."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from scheduler.problem import Problem


class ControllerError(Exception):
    """The server did not do what it was asked. Without another message the docstring is it."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or type(self).__doc__)


class NotFound(ControllerError):
    """There is no such thing, or it lies outside what this person may see: the same answer."""

    def __init__(self, kind: str, id_: str) -> None:
        super().__init__(f"{kind} {id_!r}")
        self.kind, self.id = kind, id_


class Invalid(ControllerError):
    """Every problem found in what a person entered, all at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems

    def by_field(self) -> dict[str, str]:
        """What to show at each field; the last problem of a field counts."""
        return {problem.field: problem.message for problem in self.problems}


class EditConflict(ControllerError):
    """Somebody else changed it since this person opened it; nothing was written."""

    def __init__(self, by: str, at: datetime) -> None:
        super().__init__(f"{by} vừa sửa bản tin này. Xem bản mới rồi sửa tiếp.")
        self.by, self.at = by, at


class WrongState(ControllerError):
    """The bulletin or airing is not in a state in which this can be done."""


class ContentChanged(ControllerError):
    """Nội dung đã thay đổi sau khi bạn mở trang. Hãy nghe và xem lại rồi duyệt."""


class OwnBulletin(ControllerError):
    """Người soạn không được tự duyệt bản tin của mình; cần một người khác duyệt."""


class NotSignedIn(ControllerError):
    """Tên đăng nhập hoặc mật khẩu không đúng."""


class TooManyFailures(ControllerError):
    """Too many wrong passwords; nothing is tried until `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__("Sai mật khẩu quá nhiều lần. Hãy đợi ít phút rồi thử lại.")
        self.until = until


class VoiceRefused(ControllerError):
    """The recording could not be made; `str` tells a person why, `code` tells a program.

    `facts` are the numbers and places behind the sentence (tts.wire.Failure).
    """

    def __init__(
        self, code: str, message: str, facts: Mapping[str, str | int | float] | None = None
    ) -> None:
        super().__init__(message)
        self.code, self.facts = code, dict(facts or {})


class KeysMissing(ControllerError):
    """Signing keys are gone; making others would leave every station deaf to us."""

    def __init__(self, names: list[str], folder: Path) -> None:
        super().__init__(f"Thiếu tệp khóa {', '.join(names)} trong {folder}: lấy lại từ bản lưu.")


class Deaf(ControllerError):
    """The broker takes what we say but we hear nothing back: the process must start again."""
