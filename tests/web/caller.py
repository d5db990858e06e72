"""A caller: somebody who does everything in one place, through the pages and through a key."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from controller import people
from controller.model import Person, Role
from controller.permissions import Who, who
from tests.web.api.program import API, program
from tests.web.browser import Browser
from web.api.operations import OPERATIONS
from web.parts import parts

LEAST = ("x", 1, "0" * 64, ["x"], "2030-01-01T00:00:00Z")
"""Values of which some kind or other takes one."""


class Caller:
    """In the sample province."""

    def __init__(self, app: Flask, place: str, login: str) -> None:
        with app.app_context():
            store = parts().store
        with store.writing() as session:
            person = everything_over(session, place, login)
        self.browser = Browser(app, store, lambda: datetime.now(UTC)).signed_in(person)
        self.program = program(app, person, place)

    def ask(self, rule: Rule, method: str, address: str) -> int:
        """The status of an answer: a part of a page, a sent form, or what the API says."""
        if address.startswith(API):
            path = address.removeprefix(API)
            if method == "GET":
                return self.program.get(path).status_code
            return self.program.post(path, least(rule)).status_code
        if method == "GET":
            return self.browser.get(address, headers={"HX-Request": "true"}).status_code
        fields = {"seen": "x", "reason": "x", "version": "1"}
        return self.browser.post(address, fields).status_code


def everything_over(session: Session, place: str, login: str) -> Who:
    """Somebody who does everything that can be done, there only."""
    (first,) = session.scalars(select(Person.id).where(Person.login == "quantri"))
    made = people.create(
        session,
        who(session, first),
        login=login,
        name="Người kiêm nhiệm",
        grants=[(role, place) for role in Role],
        now=datetime.now(UTC),
    )
    session.flush()
    return who(session, made.id)


def least(rule: Rule) -> dict[str, Any]:
    """The smallest body that the operation of a rule reads."""
    (operation,) = (
        each for each in OPERATIONS if each.method == "POST" and API + each.path == rule.rule
    )
    kind = operation.types.get("body")
    fields = msgspec.structs.fields(kind) if kind else ()
    return {each.name: _least(each.type) for each in fields if each.required}


def _least(kind: Any) -> Any:
    for value in LEAST:
        try:
            msgspec.convert(value, kind)
        except msgspec.ValidationError:
            continue
        return value
    raise AssertionError(f"a value for {kind} is missing in LEAST")
