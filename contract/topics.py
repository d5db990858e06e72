"""Every MQTT topic of contract version 1: who speaks, to whom, and how it is kept."""

from dataclasses import KW_ONLY, dataclass
from enum import StrEnum

from contract.ids import is_topic_name

ROOT = "tt/1"
NUDGE = f"{ROOT}/server/nudge"
ROOTS = f"{ROOT}/server/roots"


class Channel(StrEnum):
    """What kind of message a topic carries."""

    PLAN = "plan"
    ORDER = "order"
    EMERGENCY = "emergency"
    RECEIPT = "receipt"
    STATE = "state"
    BEAT = "beat"
    REPORT = "report"
    ACK = "ack"
    NUDGE = "nudge"
    ROOTS = "roots"


class Direction(StrEnum):
    """Down to stations, up to the server, or between processes of the server."""

    DOWN = "down"
    UP = "up"
    INNER = "inner"


@dataclass(frozen=True, slots=True)
class Topic:
    """One line of the table; docs/protocol.md is checked against it."""

    channel: Channel
    pattern: str
    direction: Direction
    _: KW_ONLY
    retained: bool = False
    qos: int = 1
    expires: bool = False


_STATION, _AREA = f"{ROOT}/station/<id>", f"{ROOT}/area/<id>"
_DOWN, _UP = Direction.DOWN, Direction.UP

TABLE: tuple[Topic, ...] = (
    Topic(Channel.PLAN, f"{_STATION}/plan", _DOWN, retained=True),
    Topic(Channel.ORDER, f"{_STATION}/order", _DOWN, expires=True),
    Topic(Channel.ORDER, f"{_AREA}/order", _DOWN, expires=True),
    Topic(Channel.EMERGENCY, f"{_AREA}/emergency/<order-id>", _DOWN, retained=True, expires=True),
    Topic(
        Channel.EMERGENCY, f"{_STATION}/emergency/<order-id>", _DOWN, retained=True, expires=True
    ),
    Topic(Channel.RECEIPT, f"{_STATION}/receipt", _DOWN),
    Topic(Channel.STATE, f"{_STATION}/state", _UP, retained=True),
    Topic(Channel.BEAT, f"{_STATION}/beat", _UP, qos=0),
    Topic(Channel.REPORT, f"{_STATION}/report", _UP),
    Topic(Channel.ACK, f"{_STATION}/ack", _UP),
    Topic(Channel.NUDGE, NUDGE, Direction.INNER, qos=0),
    Topic(Channel.ROOTS, ROOTS, _DOWN, retained=True),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message arrived: the channel, whose topic it is, and the order's id if it has one."""

    channel: Channel
    whom: str  # "station", "area" or "server"
    id: str
    order_id: str | None = None


def of(channel: Channel, whom: str, id_: str, order_id: str | None = None) -> str:
    """The topic of a channel. Raises ValueError for ids that cannot be a topic level."""
    names = [id_] if order_id is None else [id_, order_id]
    bad = [name for name in names if not is_topic_name(name)]
    if bad:
        raise ValueError(f"not a topic name: {bad[0]!r}")
    tail = "" if order_id is None else f"/{order_id}"
    return f"{ROOT}/{whom}/{id_}/{channel}{tail}"


def read(topic: str) -> Place | None:
    """Where `topic` stands in the table; None for a topic that the contract does not know."""
    if topic in {NUDGE, ROOTS}:
        return Place(Channel(topic.rpartition("/")[2]), "server", "")
    for line in TABLE:
        place = _match(line, topic)
        if place is not None:
            return place
    return None


def _match(line: Topic, topic: str) -> Place | None:
    wanted, found = line.pattern.split("/"), topic.split("/")
    if len(wanted) != len(found):
        return None
    names = [f for w, f in zip(wanted, found, strict=True) if w.startswith("<")]
    fixed = all(w == f for w, f in zip(wanted, found, strict=True) if not w.startswith("<"))
    if not fixed or not all(is_topic_name(name) for name in names):
        return None
    return Place(line.channel, wanted[2], names[0], names[1] if len(names) > 1 else None)


def for_station(station: str, areas: tuple[str, ...]) -> list[str]:
    """The filters that a station subscribes to; no `#`, so overlapping copies cannot arrive."""
    own = [
        of(Channel.PLAN, "station", station),
        of(Channel.ORDER, "station", station),
        of(Channel.RECEIPT, "station", station),
        of(Channel.EMERGENCY, "station", station) + "/+",
        ROOTS,
    ]
    return own + [
        filter_
        for area in areas
        for filter_ in (
            of(Channel.ORDER, "area", area),
            of(Channel.EMERGENCY, "area", area) + "/+",
        )
    ]


UPWARD = tuple(line for line in TABLE if line.direction is Direction.UP)


def upward_filters() -> list[str]:
    """What the server subscribes to, one filter a channel (`$share/ingest/` before it to share)."""
    return [line.pattern.replace("<id>", "+") for line in UPWARD]
