"""A forger: what somebody without the right keys can put on a station's topics, by families.

`Forger.next()` gives topic and payload; `SOUND` is on the station's shelf and would be heard.
"""

import random
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from contract import codec, topics
from contract.errors import UnknownVersion, Unreadable
from contract.messages import PAYLOAD_TYPES, Emergency, Envelope, Plan, Recording, Signed
from contract.signing import sign
from contract.states import Class
from contract.topics import Channel
from tests.fakes.box_world import topic_of
from tests.fakes.issuer import STATION, Issuer, recording

SOUND = recording("giả", 5)
Forgery = tuple[str, bytes]


class Forger:
    """Makes forgeries of what `issuer` would write; the same seed makes the same ones."""

    def __init__(
        self, issuer: Issuer, seed: int, sound: Recording = SOUND, due_s: int = 59
    ) -> None:
        self.issuer, self.sound, self.due_s = issuer, sound, due_s
        self.stranger = Issuer(issuer.now)
        self.dice = random.Random(seed)
        self.made = 0
        self.families: dict[str, Callable[[], Forgery]] = {
            "cut short": self._cut,
            "bits turned": self._flip,
            "for another station": self._other_audience,
            "signed by a stranger": self._stranger,
            "signed by another role": self._other_role,
            "one signature of two": self._one_of_two,
            "the same key twice": self._same_key_twice,
            "expired": self._expired,
            "of the future": self._future,
            "another payload type": self._other_type,
            "signatures of another message": self._spliced,
            "an old plan": self._stale,
            "a plan whose items nobody approved": self._unapproved,
            "on another topic": self._wrong_topic,
            "noise": self._noise,
        }

    def next(self) -> tuple[str, str, bytes]:
        """The family, the topic and the payload of the next forgery."""
        family = self.dice.choice(list(self.families))
        self.made += 1
        return family, *self.families[family]()

    def _emergency(self, **more: Any) -> Emergency:
        self.made += 1
        return self.issuer.emergency(f"gia-{self.made}", self.sound, **more)

    def _plan(self, **more: Any) -> Plan:
        """A plan with an item that is due within `due_s`."""
        self.made += 1
        start = self.issuer.now + timedelta(seconds=self.dice.randint(2, self.due_s))
        item = self.issuer.item(f"gia-{self.made}", start, self.sound, cls=Class.PRIORITY)
        return self.issuer.plan((item, self.sound), **more)

    def _message(self) -> Signed:
        makers = (self._emergency, self._plan, lambda: self.issuer.set_volume(99))
        return self.dice.choice(makers)()

    def _on_its_topic(self, message: Signed, envelope: Envelope) -> Forgery:
        return topic_of(message), codec.encode(envelope)

    def _cut(self) -> Forgery:
        message = self._message()
        payload = self.issuer.write(message)
        return topic_of(message), payload[: self.dice.randrange(1, len(payload))]

    def _flip(self) -> Forgery:
        message = self._message()
        true = self.issuer.write(message)
        while True:
            payload = bytearray(true)
            for _ in range(self.dice.choice((1, 1, 2, 8))):
                payload[self.dice.randrange(len(payload))] ^= 1 << self.dice.randrange(8)
            if not _says_the_same(bytes(payload), true):
                return topic_of(message), bytes(payload)

    def _other_audience(self) -> Forgery:
        message = replace(self._message(), aud=("suoi-may-02", "noi-khac"))
        return self._on_its_topic(message, self.issuer.seal(message))

    def _stranger(self) -> Forgery:
        message = self._message()
        return self._on_its_topic(message, self.stranger.seal(message))

    def _other_role(self) -> Forgery:
        if self.dice.random() < 0.5:
            message: Signed = self._emergency()
            keys = [self.issuer.plan_key, self.issuer.release_key]
        else:
            message, keys = self._plan(), [*self.issuer.emergency_keys, self.issuer.release_key]
        return self._on_its_topic(message, sign(message, keys))

    def _one_of_two(self) -> Forgery:
        message = self._emergency()
        return self._on_its_topic(message, sign(message, [self._emergency_key()]))

    def _same_key_twice(self) -> Forgery:
        message = self._emergency()
        return self._on_its_topic(message, sign(message, [self._emergency_key()] * 2))

    def _emergency_key(self) -> Any:
        return self.dice.choice(self.issuer.emergency_keys)

    def _expired(self) -> Forgery:
        ago = self.issuer.now - timedelta(seconds=self.dice.randint(1, 900_000))
        message = replace(self._message(), iat=ago, nbf=ago, exp=ago)
        return self._on_its_topic(message, self.issuer.seal(message))

    def _future(self) -> Forgery:
        later = self.issuer.now + timedelta(seconds=self.dice.randint(4_000, 900_000))
        message = replace(self._message(), nbf=later, exp=later + timedelta(hours=1))
        return self._on_its_topic(message, self.issuer.seal(message))

    def _other_type(self) -> Forgery:
        message = self._message()
        envelope = self.issuer.seal(message)
        kinds = [*PAYLOAD_TYPES.values(), "", "application/json", "text/plain"]
        other = self.dice.choice([kind for kind in kinds if kind != envelope.payloadType])
        return self._on_its_topic(message, replace(envelope, payloadType=other))

    def _spliced(self) -> Forgery:
        message = self._message()
        envelope, other = self.issuer.seal(message), self.issuer.seal(self._message())
        return self._on_its_topic(message, replace(envelope, signatures=other.signatures))

    def _stale(self) -> Forgery:
        message = self._plan(epoch=self.dice.choice((0, 1)), seq=0)
        return self._on_its_topic(message, self.issuer.seal(message))

    def _unapproved(self) -> Forgery:
        """The server's own plan key has been stolen; those who approve have theirs still."""
        plan = self._plan()
        item = plan.items[0]
        spoil: dict[str, Any] = self.dice.choice(
            [
                {"aud": ("noi-khac",)},
                {"starts": (item.starts_at + timedelta(hours=1),)},
                {"exp": item.starts_at},
                {"nbf": item.starts_at + timedelta(seconds=1)},
            ]
        )
        releases = self.dice.choice(
            [
                (),
                (sign(self.issuer.release(item), [self.issuer.plan_key]),),
                (self.stranger.seal(self.issuer.release(item)),),
                (self.issuer.seal(self.issuer.release(item, **spoil)),),
                (self.issuer.seal(self.issuer.release(replace(item, cls=Class.NORMAL))),),
                (self.issuer.seal(self.issuer.release(replace(item, recording="0" * 64))),),
                (self.issuer.seal(self.issuer.release(replace(item, bulletin="b-khac"))),),
            ]
        )
        message = replace(plan, releases=releases)
        return self._on_its_topic(message, self.issuer.seal(message))

    def _wrong_topic(self) -> Forgery:
        message = self._emergency()
        wrong = [
            topics.of(Channel.ORDER, "station", STATION),
            topics.of(Channel.PLAN, "station", STATION),
            topics.of(Channel.EMERGENCY, "station", "suoi-may-02", message.id),
            topics.of(Channel.EMERGENCY, "station", STATION, "e-khac"),
            "tt/1/#",
        ]
        return self.dice.choice(wrong), self.issuer.write(message)

    def _noise(self) -> Forgery:
        topic = topic_of(self._message())
        noise = self.dice.randbytes(self.dice.randrange(1, 400))
        deep = b"[" * self.dice.randrange(1, 100_000)
        shaped = codec.encode(
            Envelope(
                payloadType=self.dice.choice(list(PAYLOAD_TYPES.values())),
                payload=b64encode(noise).decode(),
                signatures=[],
            )
        )
        return topic, self.dice.choice([noise, deep, shaped, b"null", b"{}", b"\xff\xfe"])


def _says_the_same(changed: bytes, true: bytes) -> bool:
    """Whether the change left payload and signatures as they are: it is no forgery then."""
    try:
        return _content(changed) == _content(true)
    except (Unreadable, UnknownVersion, ValueError):
        return False


def _content(data: bytes) -> tuple[str, bytes, set[tuple[str, bytes]]]:
    found = codec.decode(Envelope, data)
    signatures = {(one.keyid, b64decode(one.sig)) for one in found.signatures}
    return found.payloadType, b64decode(found.payload), signatures
