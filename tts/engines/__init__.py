"""The voices this server can use; who was chosen reads, or nobody does."""

from pathlib import Path

from tts.engines.espeak import Espeak
from tts.engines.gtts import Gtts
from tts.engines.http.engine import Http
from tts.engines.http.profile import files
from tts.engines.piper import Piper
from tts.engines.settings import EngineSettings
from tts.errors import EngineUnavailable
from tts.ports import Engine, VoiceInfo


def choose(engine: str, voice: str, settings: EngineSettings) -> Engine:
    """The engine asked for and no other, ready to use this voice; raises EngineUnavailable."""
    name = f"{engine}:{voice}"
    facts = {"engine": engine, "voice": voice}
    chosen = _engines(settings).get(engine)
    if chosen is None or voice not in chosen.voices():
        message = f"Máy chủ này không có giọng “{name}”. Hãy chọn giọng khác rồi tạo lại bản tin."
        raise EngineUnavailable(message, **facts)
    problem = chosen.about(voice).problem
    if problem:
        raise EngineUnavailable(f"Không dùng được giọng “{name}”: {problem}", **facts)
    return chosen


def voices(settings: EngineSettings) -> list[VoiceInfo]:
    """Every voice, usable or not: why one is not usable is for people to read."""
    return [
        engine.about(voice) for engine in _engines(settings).values() for voice in engine.voices()
    ]


def _engines(settings: EngineSettings) -> dict[str, Engine]:
    found: list[Engine] = [Espeak()]
    if settings.voices_dir:
        found.append(Piper(Path(settings.voices_dir), settings.piper_workers))
    for name, file in files(settings.profiles_dir).items():
        found.append(Http(file, enabled=f"http-{name}" in settings.enabled))
    found.append(Gtts(enabled=Gtts.id in settings.enabled))
    return {engine.id: engine for engine in found}
