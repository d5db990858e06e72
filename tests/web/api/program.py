"""A program that works with the API: it shows its key, and names each act."""

from typing import Any
from uuid import uuid4

from flask import Flask
from werkzeug.test import TestResponse

from controller.api import keys
from controller.permissions import Permission, Who
from web.parts import parts

API = "/api/v1"


class Program:
    """Works with one key."""

    def __init__(self, app: Flask, secret: str) -> None:
        self.client, self.secret = app.test_client(), secret

    def get(self, path: str, **options: Any) -> TestResponse:
        headers = self._headers(options)
        return self.client.get(API + path, headers=headers, buffered=True, **options)

    def post(self, path: str, body: Any, act: str = "", **options: Any) -> TestResponse:
        headers = {**self._headers(options), "Idempotency-Key": act or uuid4().hex}
        return self.client.post(API + path, json=body, headers=headers, **options)

    def _headers(self, options: dict[str, Any]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}", **options.pop("headers", {})}


def program(app: Flask, who: Who, area_id: str, *only: Permission) -> Program:
    """With a key of this person for an area: for `only`, or for all that they may do there."""
    with app.app_context():
        box = parts()
    wanted = keys.Wanted(
        name="Chương trình thử",
        area_id=area_id,
        permissions=only or tuple(keys.offered(who)),
        days=30,
    )
    with box.store.writing() as session:
        made = keys.make(session, who, wanted, now=box.now())
    return Program(app, made.secret)
