"""Chores: what the controller does again and again, whoever asked for it or nobody."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from controller import (
    audit,
    delivery,
    diagnoses,
    emergency,
    gaps,
    incoming,
    planning,
    plans,
    reminding,
    verdict_ledger,
    why,
)
from controller.alarms import watch_stations
from controller.areas import local_day
from controller.fleet import read_fleet
from controller.foreign import settling
from controller.hooks import delivering
from controller.incoming import DATABASE_TROUBLE
from controller.mails import outbox
from controller.model import Fact, WorkerBeat
from controller.ports import Signer
from controller.releases import rollouts
from controller.store import Store

EVERY_S: Mapping[str, float] = {
    "watch": 0.5,  # polling makes it safe: what a lost nudge would have told is seen soon
    "plan": 60,  # the day moves on, plans grow old: nothing that people wait for
    "tidy": 10,
    "remind": 10,  # reminders are told in minutes
    "roots": 10,  # a new root is rare, and carried to the server by hand
    "evictions": 1,  # only where stations come from other machines
    "foreign": 0.5,  # boxes that are told at the very start: an emergency waits no longer
    "ears": 2,  # a box that was just registered is heard
    "sweep": 3600,  # what is let go has lain for weeks
    "doors": 1,  # only where the broker is ours: a new station is let in
}
"""How often the ticker asks for each chore."""

REMINDERS_MIN = (60, 15)  # as Settings.approval_reminders has them

NAME = "controller"


class Chore(Protocol):
    """One of the fixed chores."""

    def __call__(self, now: datetime, /) -> bool:
        """Do it; True when there is more of it to do at once."""


class Chores:
    """The chores of one controller. `by_name` has those that only need the database."""

    def __init__(
        self, store: Store, signer: Signer, reminders: Collection[int] = REMINDERS_MIN
    ) -> None:
        """`reminders`: minutes before a start at which an approval that is missing is told."""
        self._store, self._signer, self._reminders = store, signer, reminders
        self._planned_for = ""
        self.by_name: Mapping[str, Chore] = {
            "watch": self.watch,
            "plan": self.plan,
            "tidy": self.tidy,
            "remind": self.remind,
        }

    def watch(self, now: datetime) -> bool:
        """Plan when people changed something; start what is due, close what is done."""
        more = self._changes() != self._planned_for and self.plan(now)
        with self._store.reading() as session:
            is_due = verdict_ledger.is_work(session, now)
        if is_due:
            with self._store.writing() as session:
                verdict_ledger.start_due(session, read_fleet(session, local_day(now)), now)
                verdict_ledger.close_done(session)
        return more

    def plan(self, now: datetime) -> bool:
        """Bring the airings and the plans of all stations up to date."""
        changes = self._changes()
        try:
            with self._store.writing() as session:
                fleet = read_fleet(session, local_day(now))
                emergency.clear_voided(session, fleet, self._signer, now)
                planning.reconcile(session, fleet, now)
        except DATABASE_TROUBLE:
            raise  # passes: the next look tries again
        except Exception:
            self._planned_for = changes  # will not pass by itself: once a minute is enough
            raise
        self._planned_for = changes
        return self.renew(now)

    def renew(self, now: datetime) -> bool:
        """Make a batch of the plans that are needed."""
        with self._store.writing() as session:
            fleet = read_fleet(session, local_day(now))
            return plans.renew(session, fleet, self._signer, now) == plans.BATCH

    def tidy(self, now: datetime) -> bool:
        """Let go what is over, look for the silent, and say that we are alive."""
        with self._store.writing() as session:
            delivery.expire(session, now)
            emergency.lower_alarm(session, now)
            verdict_ledger.give_up_silent(session, now)
            settling.tidy(session, now)
            watch_stations(session, now)
            if rollouts.running(session) is not None:
                rollouts.follow(session, read_fleet(session, local_day(now)).ours, now)
            incoming.forget_old(session)
            why.forget_old(session, now)
            gaps.forget_old(session, now)
            diagnoses.forget_old(session, now)
            gaps.note_server(session, NAME, now)
            delivering.forget_old(session, now)
            outbox.forget_old(session, now)
            session.merge(WorkerBeat(name=NAME, at=now))
        return False

    def remind(self, now: datetime) -> bool:
        """Say what waits for approval while its start comes near, and what lost it."""
        with self._store.reading() as session:
            is_work = reminding.is_work(session)
        if is_work:
            with self._store.writing() as session:
                reminding.remind(session, now, self._reminders)
        return False

    def _changes(self) -> str:
        """The last line of the audit: whatever people do to what is planned adds one."""
        with self._store.reading() as session:
            return session.get_one(Fact, audit.HEAD).value
