"""People, what they may do and where, and how they sign in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row


class Role(StrEnum):
    """What a person does; a grant gives a role over a subtree of areas."""

    OFFICER = "officer"  # cán bộ xã
    APPROVER = "approver"  # lãnh đạo duyệt
    STAFF = "staff"  # cán bộ khu vực / tỉnh
    TECHNICIAN = "technician"  # kỹ thuật
    ADMINISTRATOR = "administrator"  # quản trị
    AUDITOR = "auditor"  # kiểm tra


class Person(Row):
    """Somebody with an account."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(120), index=True, server_default="")  # for search
    password_hash: Mapped[str | None] = mapped_column(String(200))  # argon2id; None: must set one
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    factor_due_at: Mapped[datetime | None]  # by when a second factor must be set up


class Grant(Row):
    """A role over an area and everything below it."""

    __tablename__ = "grant"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(String(16), primary_key=True)
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"), primary_key=True)


class LoginFailure(Row):
    """A wrong password; counted by account and address before any hashing is done."""

    __tablename__ = "login_failure"
    __table_args__ = (Index("ix_login_failure_login_at", "login", "address", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    login: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(45))
    at: Mapped[datetime]


class Stage(StrEnum):
    """How far into the house a session leads."""

    FULL = "full"
    CODE = "code"  # the password was right; the second factor is still to be shown
    ENROL = "enrol"  # one must be set up first


class WebSession(Row):
    """A signed-in browser; the cookie holds a token of which only the sha256 is kept."""

    __tablename__ = "web_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    address: Mapped[str] = mapped_column(String(45))
    device: Mapped[str] = mapped_column(String(40), server_default="")  # as its owner knows it
    stage: Mapped[Stage] = mapped_column(String(8), server_default="full")
    proven_at: Mapped[datetime | None]  # when the second factor was shown last


class ResetLink(Row):
    """A one-time link by which a person sets a new password; made by an administrator."""

    __tablename__ = "reset_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    made_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SecondFactor(Row):
    """A telephone that shows codes. `fresh` is the secret of one that is being set up."""

    __tablename__ = "second_factor"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    secret: Mapped[str | None] = mapped_column(String(32))  # base32
    fresh: Mapped[str | None] = mapped_column(String(32))
    last_step: Mapped[int]  # of the last code taken: none is taken twice


class RecoveryCode(Row):
    """Opens once in place of the telephone; of the code only the sha256 is kept."""

    __tablename__ = "recovery_code"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
