"""UECP as encoders really speak it: which framing, which elements, whether they answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum

from station_agent.hardware.fm.dialect import Answer
from station_agent.hardware.fm.groups import AID_GROUP, Group
from station_agent.hardware.fm.programme import Programme
from station_agent.hardware.fm.uecp import elements, frames

ACKNOWLEDGED, PI = 0x18, 0x01
DONE = 0  # any other code of an acknowledgement is a refusal


class Carriage(Enum):
    """By which element the groups of an application travel."""

    FREE = "24"  # simple encoders, and all groups that nothing announces
    OLD = "40+42"  # SPB 490 up to 5.1
    DATA = "40+46"  # SPB 490 since 6.0


class Uecp:
    """One encoder's way with UECP. One element a frame, always: encoders pass over the others."""

    def __init__(
        self,
        address: frames.Address,
        *,
        answers: bool,
        carriage: Carriage = Carriage.FREE,
        stuffing: Mapping[int, bytes] = frames.STUFFED,
    ) -> None:
        self.answers = answers
        self._address, self._carriage, self._stuffing = address, carriage, stuffing

    def statements(self, programme: Programme) -> dict[str, bytes]:
        """See Dialect."""
        said = {
            "mode": elements.answers() if self.answers else b"",
            "pi": elements.pi(programme.pi),
            "ps": elements.ps(programme.ps),
            "pty": elements.pty(programme.pty),
            "traffic": elements.ta_tp(ta=programme.ta, tp=programme.tp),
            "ms": elements.ms(music=programme.ms),
            "di": elements.di(programme.di),
            "text": elements.text(programme.text),
            "ecc": elements.ecc(programme.ecc),
            "sequence": elements.sequence(programme.groups),
            "on": elements.rds_sent(on=True),
        }
        return {name: sentence for name, sentence in said.items() if sentence}

    def clock(self, now: datetime | None) -> list[bytes]:
        """See Dialect."""
        if now is None:
            return [elements.clock_sent(on=False)]
        return [elements.clock(now), elements.clock_sent(on=True)]

    def code(
        self, groups: Sequence[Group], _programme: Programme, application: int | None
    ) -> list[bytes]:
        """See Dialect."""
        return [self._carried(group, application) for group in groups]

    def _carried(self, group: Group, application: int | None) -> bytes:
        if application is None or self._carriage is Carriage.FREE:
            return elements.free_group(group)
        if group.kind == AID_GROUP:
            return elements.oda(group.low5, application)
        if self._carriage is Carriage.OLD:
            return elements.oda_group(group)
        return elements.oda_data(application, group)

    def framed(self, sentence: bytes, counter: int) -> bytes:
        """See Dialect."""
        frame = frames.Frame(self._address, counter, sentence)
        return frames.encode(frame, self._stuffing)

    def answer(self, heard: bytes, counter: int) -> Answer:
        """See Dialect."""
        for message in _messages(heard):
            about = message[2] if len(message) > 2 else counter
            if message[0] == ACKNOWLEDGED and about == counter:
                return Answer.DONE if message[1] == DONE else Answer.REFUSED
        return Answer.OPEN

    def question(self) -> bytes | None:
        """See Dialect."""
        return elements.request_pi() if self.answers else None

    def answered_pi(self, heard: bytes) -> int | None:
        """See Dialect."""
        said = [m for m in _messages(heard) if m[0] == PI and len(m) == 5]
        return int.from_bytes(said[-1][3:], "big") if said else None


def _messages(heard: bytes) -> list[bytes]:
    return [frame.message for frame in frames.take(heard)[0] if len(frame.message) > 1]
