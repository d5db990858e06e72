"""Steps that many tests take: a bulletin written, voiced, sent, approved."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import to_builtins

from contract.states import AiringState, BulletinState, Class
from controller import approval, bulletins, voicing
from controller.content import content_hash
from controller.errors import VoiceRefused
from controller.media.disk import DiskMedia
from controller.model import Airing, Approval, Bulletin
from controller.ports import Speech, Voiced
from controller.store import Store
from tests.controller.village import NOW, OneKey, Village, voiced
from tts.normalise import read
from tts.normalise.lexicon import standard

SOUND = b"OggS" + bytes(range(256)) * 40


class ReadyVoice:
    """Reads as the real one does, and answers at once with the same short sound."""

    def __init__(self, media: DiskMedia) -> None:
        self.media = media

    def speak(self, speech: Speech, _progress: Path) -> Voiced:
        reading = read(speech.text, standard().with_entries(speech.lexicon))
        return self._kept(reading=to_builtins(reading))

    def take(self, _original: Path) -> Voiced:
        return self._kept(reading=None, warnings=("Tiếng hơi nhỏ, đã tăng lên.",))

    def _kept(self, **changes: object) -> Voiced:
        sha256 = hashlib.sha256(SOUND).hexdigest()
        (self.media.recordings / f"{sha256}.ogg").write_bytes(SOUND)
        return voiced(sha256=sha256, size=len(SOUND), **changes)


class RefusingVoice(ReadyVoice):
    """Refuses every text."""

    def __init__(self, media: DiskMedia, refused: VoiceRefused) -> None:
        super().__init__(media)
        self.refused = refused

    def speak(self, _speech: Speech, _progress: Path) -> Voiced:
        raise self.refused


def voice_it(store: Store, media: DiskMedia, at: datetime = NOW) -> None:
    """What the controller does after `Nghe thử`."""
    assert voicing.work(store, ReadyVoice(media), media, lambda: at)


def refuse_it(store: Store, media: DiskMedia, refused: VoiceRefused) -> None:
    """What it does when the voice cannot."""
    assert voicing.work(store, RefusingVoice(media, refused), media, lambda: NOW)


def sent(store: Store, media: DiskMedia, village: Village, **changes: object) -> str:
    """The id of a bulletin of the officer that waits for approval."""
    with store.writing() as session:
        who = village.officer
        made = bulletins.compose(session, who, village.draft(**changes), now=NOW)
        bulletins.ask_for_voice(session, who, made.id, made.version, now=NOW)
    voice_it(store, media)
    with store.writing() as session:
        ready = session.get_one(Bulletin, made.id)
        sound = ready.recording_sha256 or ""
        bulletins.listened(session, who, made.id, sound, now=NOW)
        bulletins.submit(session, who, made.id, ready.version, acknowledged=(), now=NOW)
    return made.id


def approved(store: Store, media: DiskMedia, village: Village, **changes: object) -> Approval:
    """The decision that lets such a bulletin be heard."""
    bulletin_id = sent(store, media, village, **changes)
    with store.writing() as session:
        seen = content_hash(session.get_one(Bulletin, bulletin_id))
        return approval.approve(
            session, village.approver, bulletin_id, seen, signer=OneKey(), now=NOW
        )


def look(store: Store, bulletin_id: str) -> Bulletin:
    with store.reading() as session:
        return session.get_one(Bulletin, bulletin_id)


def state_of(store: Store, bulletin_id: str) -> BulletinState:
    return BulletinState(look(store, bulletin_id).state)


def recording_of(store: Store, bulletin_id: str) -> str:
    return look(store, bulletin_id).recording_sha256 or ""


def airing_now(store: Store, decision: Approval, target: str, state: AiringState) -> str:
    """The id of an airing of what was approved, a minute long, that begins now."""
    sound = recording_of(store, decision.bulletin_id)
    with store.writing() as session:
        session.add(
            Airing(
                id="airing-1",
                bulletin_id=decision.bulletin_id,
                approval_id=decision.id,
                recording_sha256=sound,
                cls=Class.NORMAL,
                starts_at=NOW,
                ends_at=NOW + timedelta(minutes=1),
                targets=[target],
                state=state,
            )
        )
    return "airing-1"
