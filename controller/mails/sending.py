"""Sending: mails that are due are written and handed over, one after the other."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from controller.alarms import clear_alarm, sound_alarm
from controller.mails import outbox, subscribing
from controller.mails.ports import Became, Carried, Mailer, Unwritten, Writer
from controller.model import Mail, ReportMail
from controller.store import Store

FAILING = "mail_failing"
TROUBLED_AFTER = timedelta(hours=1)
"""A mail server that is started anew is no trouble for people."""


class Sending:
    """Several threads may call `work`; a mail is one thread's at a time."""

    def __init__(
        self,
        store: Store,
        writer: Writer,
        mailer: Mailer,
        clock: Callable[[], datetime],
        luck: Callable[[], float],
    ) -> None:
        """`clock` gives aware UTC, `luck` a number in [0, 1)."""
        self._store, self._writer, self._mailer = store, writer, mailer
        self._clock, self._luck = clock, luck

    def work(self) -> bool:
        """Make mails of what became due and send one; True: there may be more."""
        now = self._clock()
        with self._store.reading() as session:
            fresh = outbox.is_work(session, now)
            if not fresh and outbox.next_due(session, now) is None:
                return False
        with self._store.writing() as session:
            if fresh:
                outbox.fill(session, now)
                session.flush()
            mail_id = outbox.claim(session, now)
        if mail_id is None:
            return False
        written = self._writer.write(mail_id)
        done = (
            _unwritten(written) if isinstance(written, Unwritten) else self._mailer.carry(written)
        )
        with self._store.writing() as session:
            mail = outbox.note(session, mail_id, done, self._clock(), self._luck())
            if isinstance(written, Unwritten) and not written.later:
                self._end(session, mail)
            self._tell(session, mail, done)
        return True

    def _end(self, session: Session, mail: Mail) -> None:
        """Whoever ordered it may no longer see it: it ends, and the audit says so."""
        row = session.get_one(ReportMail, mail.report_mail_id)
        subscribing.end(session, row, None, self._clock())

    def _tell(self, session: Session, mail: Mail, done: Carried) -> None:
        now = self._clock()
        if done.became is Became.SENT:
            clear_alarm(session, FAILING, now)
        elif done.became is Became.LATER and now - mail.made_at >= TROUBLED_AFTER:
            sound_alarm(session, FAILING, f"Báo cáo chưa gửi được qua thư. {done.told}", now)


def _unwritten(found: Unwritten) -> Carried:
    return Carried(Became.LATER if found.later else Became.REFUSED, found.told)
