"""Schedule block: one airing as a line of the schedule shows it, made once for all its lines."""

from collections import Counter
from collections.abc import Collection, Mapping

from flask import url_for
from msgspec import Struct

from contract.states import Class, Verdict
from controller.schedule import Slot, Verdicts
from controller.schedule_rows import Row
from web.dates import local
from web.schedule_board import is_heard
from web.schedule_words import of_row, word
from web.words import CLASS, RELAY, Word


class Block(Struct, frozen=True, kw_only=True):
    """`url` "": this person may not open it. `words` say its class and how it stands."""

    slot: Slot
    at: str
    until: str
    url: str
    words: tuple[Word, ...]
    off: bool


class Blocks:
    """The blocks of one page for somebody who may read the bulletins of these areas."""

    def __init__(self, told: Verdicts, readable: Collection[str]) -> None:
        self._told, self._readable = told, readable
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
        )
