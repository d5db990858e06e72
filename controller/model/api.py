"""Keys by which other programs work in a person's name, and what they were answered."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row


class ApiKey(Row):
    """A program's key: some of its maker's permissions, in one area and all below it."""

    __tablename__ = "api_key"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)  # sha256 of the secret
    name: Mapped[str] = mapped_column(String(120))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"))
    permissions: Mapped[list[str]]  # controller.permissions.Permission
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    minute: Mapped[int] = mapped_column(Integer, default=0)  # since 1970, of the last request
    asked: Mapped[int] = mapped_column(Integer, default=0)  # requests in that minute


class ApiAnswer(Row):
    """What a program was answered to an act that it named; the same act again is told the same."""

    __tablename__ = "api_answer"

    key_id: Mapped[str] = mapped_column(ForeignKey("api_key.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), primary_key=True)  # Idempotency-Key
    asked_hash: Mapped[str] = mapped_column(String(64))  # of method, path and body
    status: Mapped[int] = mapped_column(Integer)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(index=True)
