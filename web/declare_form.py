"""Declare form: what a sender says with “Gửi duyệt”: the field, for whom, that nothing is sold."""

from datetime import date
from typing import Any

import msgspec
from flask import request
from werkzeug.datastructures import MultiDict

from controller import advertising
from controller.content import text_of
from controller.declaring import FACTS, Behalf, Declared, Fact
from controller.errors import Invalid
from controller.model import Bulletin, Field
from web import draft_form
from web.words import BEHALF, FIELDS

SENDING = "bulletins.submit"
SAID_THERE = "expires_on"


def typed(form: MultiDict[str, str]) -> Declared:
    """What was sent; what is not on the page is the sender's own."""
    behalf = form.get("behalf", "")
    return Declared(
        behalf=Behalf(behalf) if behalf in set(Behalf) else Behalf.OWN,
        organisation=form.get("organisation", ""),
        told=tuple(Fact(each) for each in form.getlist("told") if each in set(Fact)),
        no_advertising="no_advertising" in form,
        no_expiry="no_expiry" in form,
    )


def field(form: MultiDict[str, str]) -> Field:
    """The field that was chosen while sending."""
    chosen = form.get("field", 0, type=int)
    return Field(chosen) if chosen in FIELDS else Field.UNSAID


def expires_on(form: MultiDict[str, str]) -> date | None:
    """The day that was typed while sending; what is no day is asked again."""
    try:
        return date.fromisoformat(form.get("expires_on", ""))
    except ValueError:
        return None


def errors(found: Invalid) -> dict[str, str]:
    """What to show at each input of the page that sends."""
    told = draft_form.errors(found)
    if SAID_THERE in told and request.form.get(SAID_THERE):
        told[f"send_{SAID_THERE}"] = told.pop(SAID_THERE)
    return told


def shown(bulletin: Bulletin) -> dict[str, Any]:
    """What bulletins/_declare.html and _facts.html need; what was just typed is not lost."""
    saved = bulletin.declared or {}
    known = msgspec.convert(
        {k: saved[k] for k in Declared.__struct_fields__ if k in saved}, Declared
    )
    sending = request.endpoint == SENDING
    return {
        "declared": typed(request.form) if sending else known,
        "send_expires_on": request.form.get(SAID_THERE, "") if sending else "",
        "send_field": field(request.form) if sending else Field.UNSAID,
        "behalves": BEHALF,
        "recruiting": FACTS,
        "selling": advertising.words(text_of(bulletin)),
        "sent_for": {**saved, "behalf": BEHALF[known.behalf]} if saved else None,
    }
