"""Kept form: what was sent after the session had ended, carried through the sign-in page."""

from urllib.parse import parse_qsl, urlencode

from flask import request

from web import csrf

FIELD = "kept"


def fits() -> bool:
    """Whether the form may be read for somebody who is not signed in: not one with a long file."""
    return (request.content_length or 0) <= (request.max_content_length or 0)


def packed() -> str:
    """The fields of the form that was just sent, as one; an uploaded file must be chosen again."""
    fields = request.form.items(multi=True)
    return urlencode([(name, value) for name, value in fields if name != csrf.FIELD])


def fields() -> list[tuple[str, str]]:
    """The fields that the sign-in form carried; empty when nothing was being sent."""
    return parse_qsl(request.form.get(FIELD, ""), keep_blank_values=True)
