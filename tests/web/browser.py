"""A browser without JavaScript: it follows links, fills the form that a page shows, sends it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from sqlalchemy import delete
from werkzeug.test import TestResponse

from controller.model import WebSession
from controller.permissions import Who
from controller.signing_in import digest
from controller.store import Store

Fields = dict[str, Any]


class Browser:
    """One person at one machine."""

    def __init__(self, app: Flask, store: Store, clock: Callable[[], datetime]) -> None:
        self.app, self.store, self.clock = app, store, clock
        self.client = app.test_client()

    def signed_in(self, who: Who) -> "Browser":
        """Another browser, in which this person has signed in."""
        other = Browser(self.app, self.store, self.clock)
        token = f"token of {who.person_id}"
        now = self.clock()
        with self.store.writing() as session:
            session.execute(delete(WebSession).where(WebSession.token_hash == digest(token)))
            session.add(
                WebSession(
                    token_hash=digest(token),
                    person_id=who.person_id,
                    created_at=now,
                    seen_at=now,
                    address="127.0.0.1",
                )
            )
        with other.client.session_transaction() as cookie:
            cookie["token"] = token
        return other

    def get(self, url: str, **options: Any) -> TestResponse:
        return self.client.get(url, buffered=True, **options)

    def post(self, url: str, fields: Mapping[str, Any]) -> TestResponse:
        """Send fields with the token of this browser, as any of our forms does."""
        with self.client.session_transaction() as cookie:
            token = cookie.setdefault("csrf", "a token")
        return self.client.post(url, data={"csrf": token, **fields})

    def fill(self, url: str, action: str, changes: Mapping[str, Any]) -> TestResponse:
        """Open a page, change some fields of its form with this action, and send the form.

        No action is the page's own form, whether it names the page or not.
        """
        page = self.get(url)
        assert page.status_code == 200, page.text
        wanted = {action, action or url}
        form = next(form for form in forms(page.text) if form.action in wanted)
        fields: Fields = {**form.fields, **changes}
        return self.client.post(form.action or url, data=fields)


class Form:
    """A form as a browser would send it untouched."""

    def __init__(self, action: str) -> None:
        self.action = action
        self.fields: Fields = {}

    def add(self, name: str, value: str) -> None:
        if name in self.fields:
            earlier = self.fields[name]
            self.fields[name] = [*(earlier if isinstance(earlier, list) else [earlier]), value]
        else:
            self.fields[name] = value


def forms(html: str) -> list[Form]:
    """The forms of a page with the values they hold."""
    reader = _FormReader()
    reader.feed(html)
    return reader.forms


class _FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._inside = False
        self._select = ""
        self._area: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
            self._inside = True
        elif self._inside and tag == "input" and "name" in given:
            self._input(given)
        elif tag == "textarea":
            self._area = given.get("name", ""), []
        elif tag == "select":
            self._select = given.get("name", "")
        elif self._inside and tag == "option" and "selected" in given:
            self.forms[-1].add(self._select, given["value"])

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind == "file" or (kind in ("radio", "checkbox") and "checked" not in given):
            return
        self.forms[-1].add(given["name"], given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea" and self._area is not None:
            self.forms[-1].add(self._area[0], "".join(self._area[1]))
            self._area = None


def headings(html: str) -> Iterator[str]:
    """The levels of a page's headings, in order: h1, h2 …"""
    reader = _HeadingReader()
    reader.feed(html)
    return iter(reader.levels)


class _HeadingReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.levels: list[str] = []

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        if tag in {"h1", "h2", "h3", "h4"}:
            self.levels.append(tag)
