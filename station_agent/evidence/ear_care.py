"""What the ear hears: a foreign signal is told at once, the rest is evidence on the airing."""

from msgspec.structs import replace

from contract.reports import Trouble
from station_agent.draft import Draft
from station_agent.evidence.ear_known import EarKnown, Kind
from station_agent.evidence.gathered import Gathered
from station_agent.evidence.listening import MOST_LAG, WINDOW, Sound, compare, lively
from station_agent.evidence.timeline import SLOT_NS
from station_agent.player import wire
from station_agent.rig_known import Stage
from station_agent.state import Airing

FOREIGN_WINDOWS = 2  # in a row while we sound: one may be a word spoken into a gap
OVER = 600  # slots without it: a minute later it is another one
FOREIGN_ON_AIR = "Tín hiệu lạ: máy thu kiểm tra nghe thấy tiếng khác trong lúc cụm loa đang phát."
FOREIGN_SILENT = "Tín hiệu lạ: máy thu kiểm tra nghe thấy tiếng trong lúc cụm loa không phát gì."


def play(draft: Draft, word: wire.Event) -> None:
    """The player tells how loud it was: what the ear is to hear."""
    ear = draft.state.ear
    if ear is None or not isinstance(word, wire.Progress):
        return
    for airing in draft.state.running:
        if airing.run_name == word.run and airing.run and airing.run.first_ns is not None:
            slot = airing.run.first_ns // SLOT_NS + word.first_level
            draft.change(ear=replace(ear, played=ear.played.plus(slot, word.levels)))


def hear(draft: Draft, slot: int, levels: tuple[float, ...]) -> None:
    """The ear has heard something."""
    ear = draft.state.ear
    if ear is None:
        return
    ear = replace(ear, heard=ear.heard.plus(slot, levels))
    sounding = draft.state.running
    if sounding or _stirring(draft):
        ear = replace(ear, busy=ear.heard.end)
    draft.change(ear=ear)
    if sounding:
        _on_air(draft, ear, sounding)
    elif ear.kind is Kind.RADIO:
        _silent(draft, ear)


def lose(draft: Draft, detail: str) -> None:
    """The ear is gone; what it heard before still counts."""
    draft.write(Trouble(code="ear", detail=detail))


def _stirring(draft: Draft) -> bool:
    """Whether codes or tones of ours may sound though no airing does."""
    rig = draft.state.rig
    return rig is not None and rig.stage is not Stage.DOWN


def _on_air(draft: Draft, ear: EarKnown, sounding: list[Airing]) -> None:
    end = min(ear.heard.end, ear.played.end + (ear.lag or 0))
    look = compare(ear.heard, ear.played, ear.lag) if end >= ear.judged + WINDOW // 3 else None
    if look is None:
        return
    strange = look.sound is Sound.OTHER and ear.kind is Kind.RADIO
    ear = replace(ear, lag=look.lag, judged=end, strange=ear.strange + 1 if strange else 0)
    draft.change(ear=ear)
    for airing in sounding:
        gathered = draft.state.gathered.get(airing.id, Gathered()).listen(look.sound)
        draft.change(gathered={**draft.state.gathered, airing.id: gathered})
    if ear.strange >= FOREIGN_WINDOWS:
        _tell(draft, FOREIGN_ON_AIR)
    elif look.sound is not Sound.OTHER:
        _forget(draft)


def _silent(draft: Draft, ear: EarKnown) -> None:
    """Nothing of ours sounds, and nothing has for as long as its echo may take."""
    begin = ear.heard.end - WINDOW
    window = ear.heard.window(begin, ear.heard.end)
    if window and begin > ear.busy + MOST_LAG and lively(window):
        _tell(draft, FOREIGN_SILENT)
    else:
        _forget(draft)


def _tell(draft: Draft, detail: str) -> None:
    ear = draft.state.ear
    if ear is None:
        return
    if not ear.told:
        draft.write(Trouble(code="foreign", detail=detail))
    draft.change(ear=replace(ear, told=True, last_strange=ear.heard.end))


def _forget(draft: Draft) -> None:
    ear = draft.state.ear
    if ear is not None and ear.told and ear.heard.end > ear.last_strange + OVER:
        draft.change(ear=replace(ear, told=False))
