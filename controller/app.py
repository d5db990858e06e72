"""The controller put together: settings in, parts started in order and stopped in reverse."""

import logging
import signal
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from queue import SimpleQueue

from controller import voicing
from controller.chores import EVERY_S
from controller.events import Due, Event, Stopping
from controller.foreign import ears
from controller.hub.door import read_door
from controller.hub.mqtt import MqttHub
from controller.media.disk import DiskMedia
from controller.outward import outward
from controller.runtime import Runtime
from controller.settings import Settings
from controller.store import Store
from controller.store.prepare import prepare
from controller.voice.process import ProcessVoice
from controller.voicing_loop import VoicingLoop
from controller.work import make_work
from scheduler.loop import ticking
from scheduler.ports import Job

log = logging.getLogger(__name__)


def run(settings: Settings) -> None:
    """Until SIGTERM or SIGINT. Raises BadSettings, and Deaf when the process must start again."""
    clock = partial(datetime.now, UTC)
    door = read_door(settings)
    events: SimpleQueue[Event] = SimpleQueue()
    signal.signal(signal.SIGTERM, lambda *_: events.put(Stopping()))
    signal.signal(signal.SIGINT, lambda *_: events.put(Stopping()))
    settings.data.mkdir(parents=True, exist_ok=True)
    with ExitStack() as parts:
        store = Store(settings.database)
        parts.callback(store.close)
        prepare(store, clock())
        voices = VoicingLoop(partial(voicing.work, store, *_voice(settings), clock))
        voices.start()
        parts.callback(voices.stop)
        parts.enter_context(outward(store, settings, clock))
        hub = MqttHub(door, events)
        hub.start()
        parts.callback(hub.stop)
        work = {**make_work(store, settings), ears.CHORE: ears.Ears(store, hub)}
        jobs = [Job(name, EVERY_S[name], partial(events.put, Due(name))) for name in work]
        trouble = partial(log.warning, "ticker: %s: %s")
        parts.enter_context(ticking(jobs, on_beat=lambda *_: None, on_trouble=trouble))
        Runtime(store, hub, events, clock=clock, chores=work, on_nudge=voices.wake).run()


def _voice(settings: Settings) -> tuple[ProcessVoice, DiskMedia]:
    media = DiskMedia(settings.media)
    voice = partial(ProcessVoice, default=settings.default_voice, engines=settings.engines)
    return voice(media.recordings, cache_dir=media.renders), media
