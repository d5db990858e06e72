"""docs/webhooks.md: its check verifies what we sign, its examples are what we send."""

import json
import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from controller.hooks import signing
from controller.hooks.kinds import NEEDS, OFFERED, Kind
from controller.hooks.telling import SHAPES
from tests.test_docs import table

PAGE = (Path(__file__).parents[3] / "docs/webhooks.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_the_check_that_integrators_copy_believes_us_and_nobody_else() -> None:
    (source,) = blocks("python")
    scope: dict[str, Any] = {}
    exec(source, scope)  # noqa: S102 - our own page
    verified = scope["verified"]
    secret, body = signing.new_secret(), '{"type":"hook.test","name":"Tỉnh"}'.encode()
    headers = signing.headers(secret, "msg_1", datetime.now(UTC), body)
    assert verified(secret, headers, body)
    both = {**headers, "webhook-signature": f"v1,AAAA {headers['webhook-signature']}"}
    assert verified(secret, both, body)
    assert not verified(secret, headers, body + b" ")
    assert not verified(signing.new_secret(), headers, body)
    assert not verified(secret, {**headers, "webhook-id": "msg_2"}, body)
    old = signing.headers(secret, "msg_1", datetime.fromtimestamp(time.time() - 600, UTC), body)
    assert not verified(secret, old, body)


def test_each_example_is_a_message_that_is_sent() -> None:
    examples = [json.loads(each) for each in blocks("json")]
    assert {SHAPES[Kind(each["type"])] for each in examples} == set(SHAPES.values())
    for each in examples:
        shape = SHAPES[Kind(each["type"])]
        told = msgspec.convert(each["data"], shape, strict=False)
        assert set(each) == {"type", "timestamp", "data"}
        assert json.loads(msgspec.json.encode(told)) == each["data"]


def test_every_kind_stands_in_the_table_with_what_it_needs() -> None:
    rows = {row[0]: row[2] for row in table(PAGE, "type")}
    assert rows == {**{str(kind): str(NEEDS[kind]) for kind in OFFERED}, "hook.test": ""}
    assert set(SHAPES) == set(Kind)
