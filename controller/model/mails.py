"""Mails: reports that people get by e-mail, and the outbox of what is sent."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row


class ReportMail(Row):
    """The report of a place that goes to one address, again and again.

    It tells what `person_id`, who ordered it, may see when it is written.
    """

    __tablename__ = "report_mail"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"))
    every: Mapped[str] = mapped_column(String(8))  # controller.mails.periods.Every
    address: Mapped[str] = mapped_column(String(254))  # RFC 5321, 4.5.3.1.3, less the brackets
    made_at: Mapped[datetime]
    told_until: Mapped[datetime]  # no report that was due by then is made any more
    stopped_at: Mapped[datetime | None]


class Mail(Row):
    """One mail: waiting (`due_at`), sent (`done_at`), or given up (neither).

    What it says is written when it goes: figures of stations that reported late are in it.
    """

    __tablename__ = "mail"
    __table_args__ = (Index("ix_mail_of_report", "report_mail_id", "id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # of its Message-ID
    key: Mapped[str] = mapped_column(String(120), unique=True)  # the same mail is made once
    report_mail_id: Mapped[str] = mapped_column(ForeignKey("report_mail.id"))
    first: Mapped[date]  # the days that it is about, both included
    last: Mapped[date]
    made_at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    give_up_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(Integer, default=0)
    tried_at: Mapped[datetime | None]
    told: Mapped[str] = mapped_column(Text, default="")  # why it did not go, in Vietnamese
    done_at: Mapped[datetime | None]
