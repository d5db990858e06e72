"""Polled: a part of a page that is asked for again and again."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse


def polled(body: str) -> AnyResponse:
    """The part with its ETag, so that a browser that has it already gets 304."""
    answer = Response(body)
    answer.add_etag()
    return answer.make_conditional(request)
