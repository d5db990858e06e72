"""The audit: who did what, as a chain of hashes to which lines are only ever added."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import msgspec
import rfc8785
from sqlalchemy import select
from sqlalchemy.orm import Session

from controller.model import AuditLine, Fact
from controller.permissions import Who

HEAD = "audit_head"
"""The fact "<number> <hash>" of the last line: it shows a cut tail, and serialises writers."""


def record(
    session: Session,
    asking: Who | None,
    action: str,
    object_kind: str,
    object_id: str,
    *,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Add a line in the caller's transaction; `asking` None is the server itself.

    What a program did in a person's name says by which key.
    """
    if asking is not None and asking.key_id:
        after = {**(after or {}), "api_key": asking.key_id}
    head = session.get_one(Fact, HEAD, with_for_update=True, populate_existing=True)
    number, previous = head.value.split(" ")
    line = AuditLine(
        n=int(number) + 1,
        at=now,
        person_id=None if asking is None else asking.person_id,
        action=action,
        object_kind=object_kind,
        object_id=object_id,
        before=_plain(before),
        after=_plain(after),
        previous=previous,
    )
    line.hash = _hash(line)
    head.value = f"{line.n} {line.hash}"
    session.add(line)
    session.flush()


def verify(session: Session) -> list[str]:
    """What is wrong with the chain, one sentence a fault; empty when nothing was touched."""
    faults: list[str] = []
    expected, previous = 1, ""
    for line in session.scalars(select(AuditLine).order_by(AuditLine.n)).yield_per(1000):
        if line.n != expected:
            faults.append(f"dòng {expected}: thiếu")
        if line.previous != previous:
            faults.append(f"dòng {line.n}: không nối tiếp dòng trước")
        if not is_as_written(line):
            faults.append(f"dòng {line.n}: nội dung đã bị sửa")
        expected, previous = line.n + 1, line.hash
    if session.get_one(Fact, HEAD).value != f"{expected - 1} {previous}":
        faults.append(f"sau dòng {expected - 1}: phần cuối đã bị cắt hoặc thêm")
    return faults


def is_as_written(line: AuditLine) -> bool:
    """Whether a line's content is what its hash was made of."""
    return line.hash == _hash(line)


def _plain(facts: dict[str, Any] | None) -> dict[str, Any] | None:
    """As JSON would give it back, so that the hash of what is read is that of what was written."""
    plain: dict[str, Any] | None = msgspec.to_builtins(facts)
    return plain


def _hash(line: AuditLine) -> str:
    """The sha256 of the line's canonical JSON (RFC 8785), the hash of the line before included."""
    content: dict[str, Any] = {
        "n": line.n,
        "at": line.at.astimezone(UTC).isoformat(),
        "person": line.person_id,
        "action": line.action,
        "object": [line.object_kind, line.object_id],
        "before": line.before,
        "after": line.after,
        "previous": line.previous,
    }
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()
