"""Failures: each error of a use case becomes a page that says what to do, never a traceback."""

import logging
import secrets

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from controller.errors import NotFound
from web.api import problems
from web.csrf import Forged, of_a_program

log = logging.getLogger(__name__)

_PAGES = {
    400: ("Yêu cầu không đọc được", "Hãy quay lại trang trước và thử lại."),
    404: (
        "Không tìm thấy trang này",
        "Địa chỉ có thể đã gõ sai, hoặc nội dung không thuộc địa bàn của bạn.",
    ),
    405: ("Trang này không nhận thao tác đó", "Hãy quay lại trang trước và thử lại."),
    413: (
        "Tệp hoặc nội dung gửi lên quá lớn",
        "Tệp âm thanh tối đa 50 MB. Hãy chọn tệp nhỏ hơn rồi gửi lại.",
    ),
    429: ("Bạn đã thử quá nhiều lần", "Hãy đợi 15 phút rồi thử lại."),
}


def install(app: Flask) -> None:
    """Answer every failure of the app."""
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(Forged, _forged)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def page(code: int, title: str, advice: str, reference: str = "") -> tuple[str, int]:
    """The page of a failure."""
    body = render_template("failure.html", title=title, advice=advice, reference=reference)
    return body, code


def _not_found(_: NotFound) -> Response:
    answer = make_response(page(404, *_PAGES[404]))
    if "HX-Request" in request.headers:  # what the page shows is gone: let it say so itself
        answer.headers["HX-Refresh"] = "true"
    return answer


def _forged(_: Forged) -> tuple[str, int]:
    return page(
        400,
        "Trang đã mở quá lâu",
        "Hãy quay lại trang trước và chép nội dung đã gõ. Sau đó tải lại trang, dán vào và gửi.",
    )


def _http(error: HTTPException) -> Response:
    """A page in place of werkzeug's, with the headers that belong to the error."""
    code = error.code or 500
    if of_a_program():
        return _with_headers(problems.of_status(code), error)
    title, advice = _PAGES.get(code, (f"Không thực hiện được ({code})", "Hãy thử lại sau ít phút."))
    answer = make_response(page(code, title, advice))
    return _with_headers(answer, error)


def _with_headers(answer: Response, error: HTTPException) -> Response:
    for name, value in error.get_headers():
        answer.headers.setdefault(name, value)
    return answer


def _unforeseen(error: Exception) -> Response | tuple[str, int]:
    """A fault of ours: a number for the person, the traceback with that number for the log."""
    reference = secrets.token_hex(4).upper()  # short enough to be read out over the telephone
    log.error("%s: %s %s", reference, request.method, request.path, exc_info=error)
    if of_a_program():
        return problems.of_status(500, reference)
    return page(
        500,
        "Máy chủ gặp lỗi",
        "Việc vừa làm có thể chưa được lưu. Hãy thử lại; nếu vẫn lỗi, báo kỹ thuật mã dưới đây.",
        reference,
    )
