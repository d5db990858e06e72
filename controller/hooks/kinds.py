"""Kinds: what other systems can be told of, and what a person must be allowed to see for it."""

from collections.abc import Mapping
from enum import StrEnum

from controller.permissions import Permission


class Kind(StrEnum):
    """A kind of event: the `type` of its message."""

    SUBMITTED = "bulletin.submitted"
    APPROVED = "bulletin.approved"
    RETURNED = "bulletin.returned"
    EDITED = "bulletin.edited"  # its approval, if there was one, is void
    WITHDRAWN = "bulletin.withdrawn"
    SLOT_LOST = "bulletin.slot_lost"  # its time came before its approval
    CANCELLED = "airing.cancelled"
    MOVED = "airing.moved"
    VERDICT = "airing.verdict"
    EMERGENCY = "emergency.sounded"
    ALL_CLEAR = "emergency.all_clear"
    SILENT = "station.silent"
    BACK = "station.back"
    ALARM = "alarm.raised"
    ALARM_OVER = "alarm.cleared"
    TEST = "hook.test"  # by a person's tap only


OFFERED = tuple(kind for kind in Kind if kind is not Kind.TEST)
"""Those that a hook is made for."""

_OF_STATIONS = frozenset({Kind.VERDICT, Kind.SILENT, Kind.BACK, Kind.ALARM, Kind.ALARM_OVER})

NEEDS: Mapping[Kind, Permission] = {
    kind: Permission.SEE_STATIONS if kind in _OF_STATIONS else Permission.SEE_BULLETINS
    for kind in OFFERED
}
"""As for the same facts in the API (web.api)."""

OF_AUDIT: Mapping[str, Kind] = {
    "bulletin.submit": Kind.SUBMITTED,
    "bulletin.approved": Kind.APPROVED,
    "bulletin.returned": Kind.RETURNED,
    "bulletin.edit": Kind.EDITED,
    "bulletin.withdraw": Kind.WITHDRAWN,
    "bulletin.slot_lost": Kind.SLOT_LOST,
    "airing.cancel": Kind.CANCELLED,
    "airing.move": Kind.MOVED,
    "airing.move_onward": Kind.MOVED,
    "airing.move_back": Kind.MOVED,
    "emergency.sound": Kind.EMERGENCY,
    "emergency.all_clear": Kind.ALL_CLEAR,
}
"""Actions of the audit that are events: the audit loses none and has them in order."""
