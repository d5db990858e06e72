"""Schedule block: one airing as a line of the schedule shows it, made once for all its lines."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime

from flask import url_for
from msgspec import Struct

from contract.states import AiringState, Class, Verdict
from controller.foreseen import LEAD
from controller.schedule import Slot, Verdicts
from controller.schedule_rows import Row
from web.dates import local
from web.schedule_board import is_heard
from web.schedule_words import of_row, word
from web.words import CLASS, RELAY, Word


class Block(Struct, frozen=True, kw_only=True):
    """`url` "": this person may not open it. `words` say its class and how it stands. `moves`:
    they may ask for another hour; its page says whether that can be.
    """

    slot: Slot
    at: str
    until: str
    url: str
    words: tuple[Word, ...]
    off: bool
    moves: bool


class Blocks:
    """The blocks of one page for somebody who may read the bulletins of these areas, and write
    for those: `movable` says whether any of these slots may be put elsewhere.
    """

    def __init__(
        self,
        slots: Collection[Slot],
        told: Verdicts,
        *,
        readable: Collection[str],
        written: Collection[str],
        now: datetime,
    ) -> None:
        self._told, self._readable, self._written, self._now = told, readable, written, now
        self.movable = any(map(self._moves, slots))
        self._airings = url_for("on_air.index")
        self._bulletins = url_for("bulletins.index")
        self._made: dict[tuple[int, bool, Word], Block] = {}

    def of(self, slot: Slot, row: Row) -> Block:
        """How it stands in that row."""
        told: Mapping[str, Counter[Verdict]] = self._told.get(slot.id, {})
        state = word(slot, of_row(row, told) if told else Counter())
        opens = slot.owner in self._readable or (slot.state is not None and bool(row.homes))
        key = (id(slot), opens, state)
        if key not in self._made:
            self._made[key] = self._block(slot, state, opens=opens)
        return self._made[key]

    def _moves(self, slot: Slot) -> bool:
        """What foreseen.can_move and moving.require_mover say, as far as a line tells."""
        return (
            slot.state in (AiringState.PLANNED, AiringState.REFUSED)
            and slot.cls != Class.EMERGENCY
            and not slot.is_relay
            and slot.starts_at > self._now + LEAD
            and slot.owner in self._written
            and all(target in self._written for target in slot.targets)
        )

    def _block(self, slot: Slot, state: Word, *, opens: bool) -> Block:
        url = self._bulletins + slot.bulletin_id if slot.state is None else self._airings + slot.id
        named = [CLASS[Class(slot.cls)]] if slot.cls != Class.NORMAL else []
        if slot.is_relay:
            named.append(RELAY)
        return Block(
            slot=slot,
            at=f"{local(slot.starts_at):%H:%M}",
            until=f"{local(slot.ends_at):%H:%M}",
            url=url if opens else "",
            words=(*named, state),
            off=not is_heard(slot),
            moves=opens and self._moves(slot),
        )
