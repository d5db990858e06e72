"""Who may connect to our broker and which topics they may touch, as the text of its two files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contract import topics
from contract.topics import Channel, Direction

CONTROLLER = "controller"
WEB = "web-1"
LAUNCHER = "launcher"
"""Asks whether the broker answers, and nudges: as `controller` it would take over that session."""


@dataclass(frozen=True, slots=True)
class StationAccount:
    """A station's way in: its id is its user name and, by force, its client id."""

    station: str
    secret_hash: str  # controller.station_secret.hash_secret
    areas: tuple[str, ...]  # that it lies in; it hears their orders and emergencies

    @property
    def user(self) -> str:
        """Its name to the broker."""
        return self.station


@dataclass(frozen=True, slots=True)
class BoxAccount:
    """The way in of another maker's box, to topics of its own and to none of ours."""

    station: str
    secret_hash: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]

    @property
    def user(self) -> str:
        """No station can have this name, so the rules for every station give it nothing."""
        return f"box.{self.station}"


Account = StationAccount | BoxAccount


def password_lines(hashes: Iterable[tuple[str, str]]) -> str:
    """The password file. Each pair is a user and the hash of its secret."""
    return "".join(f"{user}:{hashed}\n" for user, hashed in hashes)


def access_rules(accounts: Sequence[Account]) -> str:
    """The access control file (mosquitto.conf(5), acl_file): what is not listed is refused."""
    head = [
        f"user {CONTROLLER}",
        f"topic readwrite {topics.ROOT}/#",
        *(line for one in accounts for line in _other_side(one)),
        "",
        *(line for user in (WEB, LAUNCHER) for line in _nudger(user)),
        *_own_topics(),
    ]
    return "\n".join(head + [line for one in accounts for line in _block(one)]) + "\n"


def _nudger(user: str) -> list[str]:
    return [f"user {user}", f"topic write {topics.NUDGE}", ""]


def _own_topics() -> list[str]:
    """`%u` is the user name: one set of lines for every station."""
    lines = []
    for topic in topics.TABLE:
        if topic.direction is Direction.INNER or "/station/" not in topic.pattern:
            continue
        access = "read" if topic.direction is Direction.DOWN else "write"
        pattern = topic.pattern.replace("<id>", "%u").replace("<order-id>", "+")
        lines.append(f"pattern {access} {pattern}")
    return lines


def _other_side(account: Account) -> list[str]:
    """What the server does on the topics of a box."""
    if isinstance(account, StationAccount):
        return []
    return [
        *(f"topic write {name}" for name in account.reads),
        *(f"topic read {name}" for name in account.writes),
    ]


def _block(account: Account) -> list[str]:
    if isinstance(account, StationAccount):
        return _station_block(account)
    return [
        "",
        f"user {account.user}",
        *(f"topic read {name}" for name in account.reads),
        *(f"topic write {name}" for name in account.writes),
    ]


def _station_block(station: StationAccount) -> list[str]:
    names = [
        filter_
        for area in station.areas
        for filter_ in (
            topics.of(Channel.ORDER, "area", area),
            topics.of(Channel.EMERGENCY, "area", area) + "/+",
        )
    ]
    return [
        "",
        f"user {station.station}",
        *(f"topic read {name}" for name in [topics.ROOTS, *names]),
    ]
