"""Voicing: the worker that makes the recording of a bulletin whose author asked for it.

The row is the job: state `voicing`, leased by `claimed_until`. A worker that dies leaves a lease
that runs out; an edit meanwhile raises the version, and the old result is thrown away.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct, to_builtins
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from contract.states import BulletinState
from controller import lexicon
from controller.bulletins import locked, to_state
from controller.content import Sound, sound_of
from controller.errors import VoiceRefused
from controller.incoming import DATABASE_TROUBLE
from controller.model import Bulletin, BulletinKind, Recording
from controller.ports import Media, Speech, Voice, Voiced
from controller.store import Store
from controller.upsert import insert
from tts.craft import RecordedPart
from tts.normalise.lexicon import Entry, standard

LEASE = timedelta(seconds=15)
"""After a crash its author waits so long; the worker renews it, a long text takes a minute."""

RENEW_S = 5.0  # a third of the lease: two renewals may be lost


class Job(Struct, frozen=True, kw_only=True):
    """What a worker took on, at this version of the bulletin."""

    bulletin_id: str
    version: int
    sound: Sound
    lexicon: tuple[Entry, ...]
    """What the bulletin's area has taught."""
    lexicon_of: dict[str, Any]
    """When that was so, beside which standard lexicon: kept with the reading."""


def work(store: Store, voice: Voice, media: Media, clock: Callable[[], datetime]) -> bool:
    """Make one recording; False when none is wanted."""
    with store.writing() as session:
        job = claim(session, clock())
    if job is None:
        return False
    try:
        with _renewed(store, job, clock):
            voiced = _make(job, voice, media)
    except VoiceRefused as refused:
        with store.writing() as session:
            fail(session, job, refused)
    else:
        with store.writing() as session:
            finish(session, job, voiced, clock())
    return True


def claim(session: Session, now: datetime) -> Job | None:
    """Take the bulletin that has waited longest and that no other worker holds."""
    free = or_(Bulletin.claimed_until.is_(None), Bulletin.claimed_until < now)
    bulletin = session.scalars(
        select(Bulletin)
        .where(Bulletin.state == BulletinState.VOICING, free)
        .order_by(Bulletin.updated_at, Bulletin.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if bulletin is None:
        return None
    bulletin.claimed_until = now + LEASE
    return Job(
        bulletin_id=bulletin.id,
        version=bulletin.version,
        sound=sound_of(bulletin),
        lexicon=lexicon.entries_for(session, bulletin.area_id, now=now),
        lexicon_of={"at": now.isoformat(), "standard": standard().version},
    )


def finish(session: Session, job: Job, voiced: Voiced, now: datetime) -> None:
    """The recording is there: its author may listen. Nothing happens when the job is stale."""
    bulletin = _current(session, job)
    if bulletin is None:
        return
    # two bulletins of one text, voiced at once, are one recording
    recording = insert(session, Recording).values(**_measured(voiced), made_at=now)
    session.execute(recording.on_conflict_do_nothing())
    bulletin.recording_sha256, bulletin.listened_at = voiced.sha256, None
    bulletin.reading = voiced.reading and {**voiced.reading, "lexicon": job.lexicon_of}
    bulletin.warnings, bulletin.claimed_until = list(voiced.warnings), None
    to_state(bulletin, BulletinState.READY)


def fail(session: Session, job: Job, refused: VoiceRefused) -> None:
    """There is no recording, and why; back to draft. Nothing happens when the job is stale."""
    bulletin = _current(session, job)
    if bulletin is not None:
        bulletin.voice_problem, bulletin.claimed_until = str(refused), None
        bulletin.voice_facts = {**refused.facts, "code": refused.code}
        to_state(bulletin, BulletinState.DRAFT)


@contextmanager
def _renewed(store: Store, job: Job, clock: Callable[[], datetime]) -> Iterator[None]:
    """Keep the lease while the block works."""
    done = threading.Event()

    def renew() -> None:
        mine = (Bulletin.id == job.bulletin_id, Bulletin.version == job.version)
        while not done.wait(RENEW_S):
            # a renewal that fails is made up for by the next
            with suppress(*DATABASE_TROUBLE), store.writing() as session:
                until = clock() + LEASE
                session.execute(update(Bulletin).where(*mine).values(claimed_until=until))

    thread = threading.Thread(target=renew, name="voicing-lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _make(job: Job, voice: Voice, media: Media) -> Voiced:
    sound = job.sound
    if sound.kind is BulletinKind.AUDIO:
        return voice.take(_original(media, sound.original_sha256))
    speech = Speech(
        text=sound.text,
        voice=sound.voice,
        craft=sound.craft,
        lexicon=job.lexicon,
        recorded=tuple(_recorded(media, sound)),
    )
    progress = media.progress(job.bulletin_id)
    try:
        return voice.speak(speech, progress)
    finally:
        progress.unlink(missing_ok=True)


def _recorded(media: Media, sound: Sound) -> Iterator[RecordedPart]:
    if sound.recorded_place:
        file = _original(media, sound.recorded_sha256)
        yield RecordedPart(str(file.absolute()), sound.recorded_place)


def _original(media: Media, sha256: str | None) -> Path:
    try:
        return media.original(sha256 or "")
    except FileNotFoundError as error:
        raise VoiceRefused("lost", "Không còn tệp âm thanh đã tải lên: hãy tải lại.") from error


def _current(session: Session, job: Job) -> Bulletin | None:
    """The bulletin of a job, unless it was edited, withdrawn or voiced meanwhile."""
    bulletin = locked(session, job.bulletin_id)
    unchanged = bulletin.version == job.version and bulletin.state == BulletinState.VOICING
    return bulletin if unchanged else None


def _measured(voiced: Voiced) -> dict[str, Any]:
    names = ("sha256", "size", "samples", "format", "loudness_lufs", "true_peak_dbtp")
    measured = {name: getattr(voiced, name) for name in names}
    shapes = {"waveform": list(voiced.waveform) or None, "before": to_builtins(voiced.before)}
    return {**measured, **shapes}
