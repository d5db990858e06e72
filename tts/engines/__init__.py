"""The voices this server can use, by id; each technology is imported only when chosen."""

from tts.engines.espeak import Espeak
from tts.engines.gtts import Gtts
from tts.errors import EngineUnavailable
from tts.ports import Engine

_ALL: tuple[Engine, ...] = (Espeak(), Gtts())
ENGINES = {engine.id: engine for engine in _ALL}
# Online voices send citizens' names abroad: an operator must switch them on.
ALWAYS_ENABLED = (Espeak.id,)


def choose(engine_id: str, voice: str, enabled: tuple[str, ...]) -> Engine:
    """The engine asked for and no other; raises EngineUnavailable."""
    if engine_id not in ENGINES or engine_id not in (*ALWAYS_ENABLED, *enabled):
        raise EngineUnavailable(engine=engine_id)
    engine = ENGINES[engine_id]
    if voice not in {known.id for known in engine.voices}:
        raise EngineUnavailable("Không có giọng đọc này.", engine=engine_id, voice=voice)
    return engine
