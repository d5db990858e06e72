"""What may go wrong between a text and its recording; each message is a sentence for people."""


class SpeechError(Exception):
    """Không tạo được bản ghi âm.

    `code` is stable and for programs; `str(error)` is Vietnamese and for people; `facts` holds
    the numbers and names behind the sentence.
    """

    code = "speech_failed"

    def __init__(self, message: str = "", **facts: str | int | float) -> None:
        self.facts = facts
        super().__init__(message or (type(self).__doc__ or "").splitlines()[0])


class NothingToSay(SpeechError):
    """Văn bản không có nội dung nào đọc được."""

    code = "nothing_to_say"


class TextTooLong(SpeechError):
    """Văn bản quá dài cho một bản tin."""

    code = "too_long"


class MeaningChanged(SpeechError):
    """Bản đọc khác nghĩa với văn bản nên không tạo bản ghi âm."""

    code = "meaning_changed"


class EngineUnavailable(SpeechError):
    """Giọng đọc đã chọn không có hoặc chưa được bật trên máy chủ này."""

    code = "engine_unavailable"


class EngineFailed(SpeechError):
    """Giọng đọc đã chọn không đọc được văn bản."""

    code = "engine_failed"


class NoRoom(SpeechError):
    """Máy chủ không ghi được bản ghi âm: đĩa đầy hoặc hỏng. Hãy báo kỹ thuật rồi thử lại."""

    code = "no_room"


class UploadRefused(SpeechError):
    """Tệp âm thanh không dùng được."""

    code = "upload_refused"

    def __init__(self, code: str, message: str, **facts: str | int | float) -> None:
        super().__init__(message, **facts)
        self.code = code


class BadRequest(SpeechError):
    """Yêu cầu gửi tới bộ phận ghi âm không đúng mẫu."""

    code = "bad_request"
