"""The server's pen: signs plans, releases, orders and emergencies as the real one would."""

from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

from msgspec.structs import replace
from nacl.signing import SigningKey

from contract import codec
from contract.messages import (
    AllClear,
    Cancel,
    Diagnose,
    Emergency,
    Envelope,
    Grant,
    Item,
    Order,
    Plan,
    Recording,
    Relay,
    Release,
    SelfTest,
    SetVolume,
    Signed,
    Stop,
)
from contract.signing import sign
from contract.states import Class
from contract.trust import Role, RoleKeys, Trust, public_text
from contract.windows import ALL_DAY

STATION, AREAS = "suoi-may-01", ("suoi-may", "may-trang")
MORNING = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)  # 08:00 in Việt Nam
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def recording(name: str, seconds: float = 60.0) -> Recording:
    """A recording of which only the name is real."""
    digest = sha256(name.encode()).hexdigest()
    return Recording(
        sha256=digest,
        path=f"recordings/{digest}",
        size=1_000,
        samples=int(seconds * 48_000),
        format="audio/ogg; codecs=opus",
    )


class Issuer:
    """Holds the keys of all roles; `now` is when its messages are made."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now
        self.plan_key, self.release_key = SigningKey.generate(), SigningKey.generate()
        self.emergency_keys = [SigningKey.generate(), SigningKey.generate()]
        self._numbers = count(1)

    @property
    def trust(self) -> Trust:
        """Two of two for emergencies, one for the rest."""
        keys = {Role.PLAN: [self.plan_key], Role.RELEASE: [self.release_key]}
        keys[Role.EMERGENCY] = self.emergency_keys
        return Trust(
            roles={
                role: RoleKeys(keys=tuple(map(public_text, found)), threshold=len(found))
                for role, found in keys.items()
            }
        )

    def item(self, name: str, starts_at: datetime, sound: Recording, **more: Any) -> Item:
        """One item; its release has the id `r-<name>`."""
        more = {"bulletin": f"b-{name}", "release": f"r-{name}", "cls": Class.NORMAL, **more}
        return Item(airing=name, recording=sound.sha256, starts_at=starts_at, **more)

    def release(self, item: Item, **more: Any) -> Release:
        """The approval of an item for its start."""
        start = item.starts_at
        more = {"aud": (AREAS[0],), "starts": (start,), "nbf": start - timedelta(days=1), **more}
        return Release(
            **{**self._about(item.release, life=timedelta(days=30)), **more},
            bulletin=item.bulletin,
            recording=item.recording,
            cls=item.cls,
        )

    def plan(self, *items: tuple[Item, Recording], **more: Any) -> Plan:
        """A plan of these items with their releases; each plan is newer than the last."""
        number = next(self._numbers)
        sounds = {sound.sha256: sound for _, sound in items}
        fields = {
            "station": STATION,
            "epoch": 1,
            "areas": AREAS,
            "windows": ALL_DAY,
            "recordings": tuple(sounds.values()),
            "releases": tuple(self.seal(self.release(item)) for item, _ in items),
            "items": tuple(item for item, _ in items),
            **self._about(f"plan-{number}", life=timedelta(days=10)),
            "seq": number,
        }
        return Plan(**{**fields, **more})

    def relay(
        self, name: str, span: tuple[datetime, datetime], stand_in: Recording, **granted: Any
    ) -> Relay:
        """A relay and its grant; `granted` is what the grant says otherwise."""
        starts_at, ends_at = span
        about: dict[str, Any] = {
            "bulletin": f"b-{name}",
            "stream": "http://vov.example/live",
            "cls": Class.NORMAL,
        }
        about["fallback"] = stand_in.sha256
        signed = {**self._about(f"g-{name}", timedelta(days=1)), **about, "aud": AREAS}
        grant = Grant(**{**signed, "nbf": starts_at, "exp": ends_at, **granted})
        fields = {"airing": name, "starts_at": starts_at, "ends_at": ends_at, **about}
        return Relay(grant=self.seal(grant), **fields)

    def stop(self) -> Order:
        """Silence."""
        return self._order(Stop())

    def cancel(self, airing: str) -> Order:
        """Not this one."""
        return self._order(Cancel(airing=airing))

    def set_volume(self, percent: int | None) -> Order:
        """Louder, or softer."""
        return self._order(SetVolume(percent=percent))

    def self_test(self, seconds: int = 5, percent: int = 20) -> Order:
        """Let us hear you, quietly."""
        return self._order(SelfTest(seconds=seconds, percent=percent))

    def diagnose(self) -> Order:
        """What is wrong with you?"""
        return self._order(Diagnose())

    def emergency(self, name: str, sound: Recording, **more: Any) -> Emergency:
        """An emergency `e-<name>` with the airing `<name>`, valid for an hour."""
        fields = {**self._about(f"e-{name}", life=timedelta(hours=1)), "airing": name, **more}
        return Emergency(**{"bulletin": f"b-{name}", "recording": sound, **fields})

    def all_clear(self, name: str) -> AllClear:
        """The end of the emergency `<name>`."""
        return AllClear(**self._about(f"c-{name}", life=timedelta(hours=1)), emergency=f"e-{name}")

    def seal(self, payload: Signed) -> Envelope:
        """Signed by whom its role asks for."""
        if isinstance(payload, Emergency | AllClear):
            return sign(payload, self.emergency_keys)
        return sign(
            payload, [self.release_key if isinstance(payload, Release | Grant) else self.plan_key]
        )

    def write(self, payload: Signed) -> bytes:
        """As it arrives at a station."""
        return codec.encode(self.seal(payload))

    def _order(self, do: Stop | Cancel | SetVolume | SelfTest | Diagnose) -> Order:
        name = f"o-{next(self._numbers)}"
        return Order(**self._about(name, life=timedelta(minutes=10)), do=do)

    def _about(self, name: str, life: timedelta) -> dict[str, Any]:
        return {
            "id": name,
            "aud": (STATION,),
            "seq": next(self._numbers),
            "iat": self.now,
            "nbf": self.now,
            "exp": self.now + life,
        }


def tampered(envelope: Envelope, old: bytes, new: bytes) -> bytes:
    """The envelope with other words in it, and the signatures that it had."""
    body = b64decode(envelope.payload)
    assert old in body
    changed = b64encode(body.replace(old, new)).decode()
    return codec.encode(replace(envelope, payload=changed))
