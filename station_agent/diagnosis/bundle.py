"""One diagnosis put together from what is known, without secrets, within its bounds; pure."""

import msgspec
from msgspec import Struct

from contract import codec
from contract.diagnosis import LIMIT, Diagnosis
from contract.reports import Beat, State
from contract.settings import Secret
from station_agent import decisions
from station_agent.settings import Settings
from station_agent.state import AgentState

HIDDEN = frozenset({"receivers"})
"""No secrets by their type, but whoever knows these codes wakes a village's receivers."""

STARS = str(Secret("x"))


class Seen(Struct, frozen=True):
    """The station at the moment of the order."""

    state: AgentState
    told: State
    beat: Beat


class Box(Struct, frozen=True, kw_only=True):
    """What stays the same while the agent runs."""

    versions: dict[str, str]
    settings: Settings


def bundle(order: str, seen: Seen, box: Box, log: tuple[str, ...]) -> bytes:
    """The document as it travels. When it would be too long, the oldest lines are left out."""
    secrets = _secrets(box.settings)
    lines = [_hide(line, secrets) for line in log]
    while True:
        body = codec.encode(_diagnosis(order, seen, box, tuple(lines)))
        if len(body) <= LIMIT or not lines:
            return body
        del lines[: len(lines) // 4 + 1]


def _diagnosis(order: str, seen: Seen, box: Box, log: tuple[str, ...]) -> Diagnosis:
    state = seen.state
    return Diagnosis(
        station=state.station,
        order=order,
        at=seen.beat.at,
        versions=box.versions,
        settings=shown(box.settings),
        state=seen.told,
        beat=seen.beat,
        last_line=state.last_line,
        stored_through=state.memory.through,
        decisions=tuple(decisions.latest(state)),
        log=log,
    )


def shown(settings: Settings) -> dict[str, str]:
    """Every setting by its name; secrets, and addresses that hold one, are stars."""
    found = {}
    for field in msgspec.structs.fields(settings):
        text = str(getattr(settings, field.name))
        hidden = field.name in HIDDEN or ("://" in text and "@" in text)
        found[field.name] = STARS if hidden and text != "None" else text
    return found


def _secrets(settings: Settings) -> list[str]:
    values = (getattr(settings, field.name) for field in msgspec.structs.fields(settings))
    return [value.reveal() for value in values if isinstance(value, Secret) and value.reveal()]


def _hide(line: str, secrets: list[str]) -> str:
    for secret in secrets:
        line = line.replace(secret, STARS)
    return line
