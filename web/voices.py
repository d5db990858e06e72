"""Voices: which voices people may choose, and why others cannot be used."""

from collections.abc import Iterable

from msgspec import Struct

from tts.ports import VoiceInfo
from tts.wire import DEFAULT_VOICE
from web.parts import parts

LOCAL, ONLINE, FALLBACK = (
    "Giọng của máy chủ",
    "Dịch vụ bên ngoài (văn bản được gửi ra ngoài máy chủ)",
    "Giọng dự phòng, giọng máy",
)


class Choice(Struct, frozen=True):
    """One voice as people see it; `name` is `engine:voice`, `problem` "" when it can be used."""

    name: str
    label: str
    engine_label: str
    group: str
    problem: str


class Voices:
    """The voices of this server, with the usual one: what a bulletin gets that chooses none."""

    def __init__(self, found: Iterable[VoiceInfo], usual: str) -> None:
        self._all = {f"{each.engine}:{each.voice}": _choice(each) for each in found}
        name = usual if ":" in usual else f"{usual}:{DEFAULT_VOICE}"
        self.usual = self._all[name].label if name in self._all else usual

    def groups(self, chosen: str) -> dict[str, list[Choice]]:
        """What the page offers: the voices that can be used, and the chosen one even if not."""
        offered = {name: each for name, each in self._all.items() if not each.problem}
        if chosen and chosen not in offered:
            gone = Choice(chosen, chosen, chosen, FALLBACK, self.problem(chosen))
            offered[chosen] = self._all.get(chosen, gone)
        found: dict[str, list[Choice]] = {LOCAL: [], ONLINE: [], FALLBACK: []}
        for each in offered.values():
            found[each.group].append(each)
        return {group: choices for group, choices in found.items() if choices}

    def unusable(self) -> dict[str, list[str]]:
        """By reason, what is not offered; an online service is named once for all its voices."""
        found: dict[str, dict[str, None]] = {}
        for each in self._all.values():
            if each.problem:
                found.setdefault(each.problem, {})[each.engine_label] = None
        return {problem: list(labels) for problem, labels in found.items()}

    def problem(self, name: str) -> str:
        """Why a voice cannot be chosen, as a sentence; "" when it can."""
        if name not in self._all:
            return "Máy chủ không còn giọng đọc này: hãy chọn giọng khác."
        choice = self._all[name]
        return choice.problem and f"Không dùng được “{choice.label}”: {choice.problem}"


def of_server() -> Voices:
    """Those of the server that answers this request."""
    return Voices(parts().voices(), parts().settings.default_voice)


def _choice(info: VoiceInfo) -> Choice:
    known = (info.gender and f"giọng {info.gender}", info.accent)
    words = [info.label, *(more for more in known if more and more not in info.label)]
    group = ONLINE if info.online else FALLBACK if info.fallback else LOCAL
    return Choice(
        name=f"{info.engine}:{info.voice}",
        label=", ".join(words),
        engine_label=info.label.partition(", ")[0],
        group=group,
        problem=info.problem,
    )
