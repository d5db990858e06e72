"""Problems: every failure of the API as problem+json (RFC 9457), told in Vietnamese."""

from http import HTTPStatus

import msgspec
from flask import Response
from msgspec import Struct

from controller.api.errors import OtherAct
from controller.errors import (
    ContentChanged,
    ControllerError,
    EditConflict,
    Invalid,
    NotFound,
    OwnBulletin,
    WrongState,
)

MEDIA_TYPE = "application/problem+json"

STATUS: dict[type[ControllerError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    OtherAct: HTTPStatus.UNPROCESSABLE_ENTITY,
    EditConflict: HTTPStatus.CONFLICT,
    WrongState: HTTPStatus.CONFLICT,
    ContentChanged: HTTPStatus.CONFLICT,
    OwnBulletin: HTTPStatus.CONFLICT,
}
"""What the use cases refuse, and how it is told to a program."""

_DETAIL = {
    HTTPStatus.BAD_REQUEST: "Yêu cầu không đúng dạng trong /api/v1/openapi.json.",
    HTTPStatus.UNAUTHORIZED: "Thiếu khóa API còn hạn trong tiêu đề Authorization.",
    HTTPStatus.NOT_FOUND: "Không có đối tượng này, hoặc nó không thuộc địa bàn và quyền của khóa.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Địa chỉ này không nhận phương thức đó.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Nội dung gửi lên quá lớn.",
    HTTPStatus.TOO_MANY_REQUESTS: "Khóa này hỏi quá nhiều. Hãy đợi hết phút rồi hỏi tiếp.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Máy chủ gặp lỗi; nếu còn lỗi, báo kỹ thuật mã kèm theo.",
}


class Wrong(Struct, frozen=True):
    """One field that has to be entered otherwise."""

    field: str
    message: str


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a request was not done. `type` is for programs, `detail` for people."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Wrong] = []
    reference: str = ""


class Malformed(ControllerError):
    """The request is not what the schema says."""


def told(error: ControllerError) -> Response:
    """The answer to what a use case refused."""
    if isinstance(error, Invalid):
        wrong = [Wrong(each.field, each.message) for each in error.problems]
        return answer(HTTPStatus.UNPROCESSABLE_ENTITY, type(error), str(error), wrong)
    if isinstance(error, NotFound):
        return of_status(HTTPStatus.NOT_FOUND)
    return answer(STATUS[type(error)], type(error), str(error), [])


def of_status(code: int, reference: str = "", said: str = "") -> Response:
    """The answer to a failure that has no more to say than its status."""
    status = HTTPStatus(code)
    detail = f"{_DETAIL.get(status, status.description)} {said}".strip()
    return _answer(
        Problem(
            type="about:blank",
            title=status.phrase,
            status=status,
            detail=detail,
            reference=reference,
        )
    )


def answer(
    status: HTTPStatus, kind: type[ControllerError], detail: str, errors: list[Wrong]
) -> Response:
    """The answer to a refusal of this kind."""
    problem = Problem(
        type=type_of(kind),
        title=status.phrase,
        status=status,
        detail=detail,
        errors=errors,
    )
    return _answer(problem)


def type_of(kind: type[ControllerError]) -> str:
    """How programs know a refusal of this kind."""
    name = "".join(f"-{c.lower()}" if c.isupper() else c for c in kind.__name__).lstrip("-")
    return f"urn:truyen-thanh:problem:{name}"


def _answer(problem: Problem) -> Response:
    return Response(msgspec.json.encode(problem), problem.status, content_type=MEDIA_TYPE)
