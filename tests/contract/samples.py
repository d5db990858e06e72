"""One message of every kind, always the same, and the keys that sign them.

`python -m tests.contract.samples` writes the golden vectors; do so only when the contract's
version goes up, because old stations hold the old spelling.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace
from nacl.signing import SigningKey

from contract import codec, signing
from contract.claims import Floor, Issued
from contract.errors import Refusal
from contract.messages import (
    AgentWanted,
    AllClear,
    Cancel,
    Diagnose,
    Emergency,
    Grant,
    HourVolume,
    Item,
    Order,
    Plan,
    Recording,
    Relay,
    Release,
    SelfTest,
    SetVolume,
    Signed,
    Sound,
    Stop,
)
from contract.proofs import AMPLIFIER_FOLLOWS, EAR_UNCLEAR, LINE_LESS, Agrees, Proof
from contract.reports import (
    RECEIVERS_OPEN,
    Ack,
    AgentStep,
    Beat,
    Decided,
    Diagnosed,
    Displaced,
    Ended,
    Line,
    Machine,
    MessageRefused,
    Modem,
    OnAir,
    OrderTaken,
    PlanHeld,
    PlanTaken,
    Receipt,
    RecordingHeld,
    RecordingLost,
    Report,
    SelfTested,
    Senses,
    Started,
    State,
    Trouble,
)
from contract.stances import Decision, Doing, Hold, Stance, VolumeRule
from contract.states import AgentPhase, Cause, Class, Profile, ToneOutcome
from contract.trust import ROLE_OF, Role, RoleKeys, Trust, public_text
from contract.windows import Window

VECTORS = Path(__file__).parents[2] / "contract" / "vectors"
NOON = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
SHA = "ab" * 32
STATION, COMMUNE, PROVINCE = "sm-1", "0193-commune", "0193-province"

KEYS = {
    Role.PLAN: [SigningKey(bytes([1]) * 32)],
    Role.RELEASE: [SigningKey(bytes([2]) * 32)],
    Role.EMERGENCY: [SigningKey(bytes([3]) * 32), SigningKey(bytes([4]) * 32)],
}
TRUST = Trust(
    roles={
        role: RoleKeys(keys=tuple(public_text(key) for key in keys), threshold=len(keys))
        for role, keys in KEYS.items()
    }
)
RECORDING = Recording(
    sha256=SHA,
    path=f"media/{SHA}.ogg",
    size=40_000,
    samples=480_000,
    format="audio/ogg; codecs=opus",
)


def _times(**more: object) -> dict[str, object]:
    return {"iat": NOON, "nbf": NOON, "exp": NOON + timedelta(days=10), **more}


RELEASE = Release(
    id="release-1",
    aud=(COMMUNE,),
    seq=1,
    bulletin="bulletin-1",
    recording=SHA,
    cls=Class.NORMAL,
    starts=(NOON + timedelta(hours=5),),
    **_times(),
)
ITEM = Item(
    airing="airing-1",
    bulletin="bulletin-1",
    recording=SHA,
    release="release-1",
    starts_at=NOON + timedelta(hours=5),
    cls=Class.NORMAL,
)
PLAN = Plan(
    id="plan-1",
    aud=(STATION,),
    seq=7,
    station=STATION,
    epoch=1,
    areas=(COMMUNE, PROVINCE),
    windows=(Window("05:30", "06:30"), Window("17:00", "18:00")),
    recordings=(RECORDING,),
    releases=(signing.sign(RELEASE, KEYS[Role.RELEASE]),),
    items=(ITEM,),
    **_times(),
)
GRANT = Grant(
    id="grant-1",
    aud=(COMMUNE,),
    seq=10,
    bulletin="bulletin-2",
    stream="https://stream.example/vov1.mp3",
    fallback=SHA,
    cls=Class.NORMAL,
    hosts=("cdn.example",),
    **_times(),
)
RELAY = Relay(
    airing="airing-2",
    bulletin="bulletin-2",
    grant=signing.sign(GRANT, KEYS[Role.RELEASE]),
    stream="https://stream.example/vov1.mp3",
    fallback=SHA,
    starts_at=NOON + timedelta(hours=5),
    ends_at=NOON + timedelta(hours=5, minutes=30),
    cls=Class.NORMAL,
)
SIGNED: dict[str, Signed] = {
    "release": RELEASE,
    "grant": GRANT,
    "plan-relay": replace(PLAN, id="plan-4", seq=10, relays=(RELAY,)),
    "plan": PLAN,
    "plan-agent": replace(
        PLAN, id="plan-3", seq=9, agent=AgentWanted(version="1.4.0", not_before=NOON)
    ),
    "plan-sound": replace(
        PLAN,
        id="plan-2",
        seq=8,
        sound=Sound(
            volume=80,
            maximum=90,
            emergency=100,
            hours=(HourVolume(hours=Window("05:00", "06:00"), percent=40),),
            offset_ms=300,
            latency_ms=120,
            fade_out_ms=400,
            profile=Profile.HORN,
        ),
    ),
    "order-volume-by-plan": Order(
        id="order-6", aud=(STATION,), seq=7, do=SetVolume(percent=None), **_times()
    ),
    "order-self-test": Order(
        id="order-7", aud=(STATION,), seq=8, do=SelfTest(seconds=3, percent=10), **_times()
    ),
    "order-diagnose": Order(id="order-9", aud=(STATION,), seq=9, do=Diagnose(), **_times()),
    "order-stop": Order(id="order-1", aud=(STATION,), seq=2, do=Stop(), **_times()),
    "order-cancel": Order(
        id="order-2", aud=(COMMUNE,), seq=3, do=Cancel(airing="airing-1"), **_times()
    ),
    "order-volume": Order(
        id="order-3", aud=(STATION,), seq=4, do=SetVolume(percent=70), **_times()
    ),
    "emergency": Emergency(
        id="order-4",
        aud=(PROVINCE,),
        seq=5,
        airing="airing-2",
        bulletin="bulletin-2",
        recording=RECORDING,
        times=3,
        **_times(),
    ),
    "all-clear": AllClear(id="order-5", aud=(PROVINCE,), seq=6, emergency="order-4", **_times()),
}

_ENDED = Ended(
    airing="airing-1",
    bulletin="bulletin-1",
    cls=Class.NORMAL,
    planned_at=NOON,
    cause=Cause.FINISHED,
    played_samples=480_000,
    total_samples=480_000,
    started_at=NOON,
    ended_at=NOON + timedelta(seconds=10),
    rms_dbfs=-21.5,
    peak_dbfs=-3.25,
)
_PROVED = replace(
    _ENDED,
    evidence="L1",
    proofs=(
        Proof(level="L1", agrees=Agrees.YES, code=AMPLIFIER_FOLLOWS, score=0.75),
        Proof(level="L2", agrees=Agrees.NO, code=LINE_LESS, score=0.0),
        Proof(level="L3", agrees=Agrees.UNSURE, code=EAR_UNCLEAR),
    ),
)
EVENTS = (
    PlanTaken(plan="plan-1", held=PlanHeld(epoch=1, version=7)),
    OrderTaken(order="order-1"),
    MessageRefused(topic="tt/1/station/sm-1/plan", reason=Refusal.UNSIGNED, detail="no key"),
    RecordingHeld(recording=SHA),
    RecordingLost(recording=SHA, detail="sha256"),
    Started(
        airing="airing-1",
        bulletin="bulletin-1",
        recording=SHA,
        cls=Class.NORMAL,
        planned_at=NOON,
        from_sample=0,
    ),
    Displaced(airing="airing-1", by="airing-2", played_samples=96_000),
    _ENDED,
    Trouble(code="disk", detail="full"),
)
_STANCE = Stance(
    doing=Doing.PLAYING,
    airing="airing-2",
    source="order-4",
    at=NOON,
    cls=Class.EMERGENCY,
    over=("airing-1",),
    volume=90,
    rule=VolumeRule.EMERGENCY,
)
NEWER_EVENTS = (
    Decided(stance=_STANCE),
    Decided(
        stance=Stance(
            doing=Doing.HELD,
            airing="airing-1",
            source="plan-1",
            hold=Hold.RECORDING,
            left="airing-2",
            cause=Cause.STOPPED,
            by="order-1",
        )
    ),
)
AGENT_EVENTS = (
    AgentStep(phase=AgentPhase.STAGED, version="1.4.0"),
    AgentStep(phase=AgentPhase.GIVEN_UP, version="1.4.0", detail="không khởi động được"),
)
TEST_EVENTS = (
    SelfTested(
        order="order-7",
        outcome=ToneOutcome.SOUNDED,
        played_samples=144_000,
        total_samples=144_000,
        rest_ma=120,
        loud_ma=410,
    ),
    SelfTested(order="order-8", outcome=ToneOutcome.HOURS),
    Diagnosed(order="order-9", size=40_000),
)
"""In vectors of their own: that of the first events is read by boxes that hang already."""
BEAT = Beat(
    station=STATION,
    at=NOON,
    uptime_s=60,
    free_bytes=1_000_000,
    recordings=2,
    volume=80,
    underruns=0,
    rss_bytes=40_000_000,
)
ISSUED = Issued(
    station=STATION,
    certificate="-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n",
    begins_at=NOON,
    ends_at=NOON + timedelta(days=90),
    broker_url="mqtts://may-chu:8883",
    media_url="https://may-chu:8443",
)

PLAIN: dict[str, object] = {
    "state": State(
        station=STATION,
        boot="boot-1",
        online=True,
        at=NOON,
        journal="journal-1",
        plan=PlanHeld(epoch=1, version=7),
        on_air=OnAir(airing="airing-1", cls=Class.NORMAL, started_at=NOON),
        agent="0.1.0",
    ),
    "beat": BEAT,
    "ack": Ack(station=STATION, of="plan-1", topic="tt/1/station/sm-1/plan", at=NOON),
    "report": Report(
        station=STATION,
        journal="journal-1",
        lines=tuple(Line(n=n, at=NOON, event=event) for n, event in enumerate(EVENTS, 1)),
    ),
    "receipt": Receipt(station=STATION, journal="journal-1", through=9),
    "report-agent": Report(
        station=STATION,
        journal="journal-1",
        lines=tuple(Line(n=n, at=NOON, event=event) for n, event in enumerate(AGENT_EVENTS, 1)),
    ),
    "report-proofs": Report(
        station=STATION, journal="journal-1", lines=(Line(n=1, at=NOON, event=_PROVED),)
    ),
    "report-decided": Report(
        station=STATION,
        journal="journal-1",
        lines=tuple(Line(n=n, at=NOON, event=event) for n, event in enumerate(NEWER_EVENTS, 1)),
    ),
    "report-self-test": Report(
        station=STATION,
        journal="journal-1",
        lines=tuple(Line(n=n, at=NOON, event=event) for n, event in enumerate(TEST_EVENTS, 1)),
    ),
    "state-stance": State(
        station=STATION, boot="boot-1", online=True, at=NOON, stance=Decision(NOON, _STANCE)
    ),
    "state-receivers": State(
        station=STATION, boot="boot-1", online=True, at=NOON, receivers=RECEIVERS_OPEN
    ),
    "state-troubled": State(
        station=STATION, boot="boot-1", online=True, at=NOON, troubles=("clock", "disk")
    ),
    "beat-clock": replace(BEAT, clock_offset_ms=-120, clock_uncertainty_ms=45, synchronised=True),
    "beat-machine": replace(
        BEAT,
        machine=Machine(
            memory_bytes=1_000_000_000,
            memory_free_bytes=600_000_000,
            load=0.2,
            cpu_c=61.5,
            wear_percent=20,
            papers_end_at=NOON + timedelta(days=60),
        ),
        modem=Modem(answers=True, sim="READY", network="home", operator="Viettel", dbm=-85),
        senses=Senses(mains=False, battery_v=12.1, temperature_c=41.5, door_open=False),
        root_version=3,
    ),
    "receipt-time": Receipt(station=STATION, journal="journal-1", through=9, at=NOON),
    "claim": ISSUED,
    "claim-replaced": replace(ISSUED, floor=Floor(epoch=1, seq=41, not_before=NOON)),
}


def signed_vector(name: str) -> dict[str, str]:
    """What the file of a signed message holds: its canonical text and its envelope."""
    payload = SIGNED[name]
    envelope = signing.sign(payload, KEYS[ROLE_OF[type(payload)]])
    return {
        "canonical": codec.canonical(payload).decode(),
        "envelope": codec.encode(envelope).decode(),
    }


def plain_vector(name: str) -> dict[str, str]:
    """What the file of an unsigned message holds."""
    return {"json": codec.encode(PLAIN[name]).decode()}


def vectors() -> dict[str, dict[str, str]]:
    """File name to content, for every message."""
    found = {name: signed_vector(name) for name in SIGNED}
    return found | {name: plain_vector(name) for name in PLAIN}


if __name__ == "__main__":
    for name, content in vectors().items():
        text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        (VECTORS / f"{name}.json").write_text(text, encoding="utf-8")
