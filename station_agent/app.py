"""The station put together: settings to parts, started in order, stopped in reverse."""

import signal
from contextlib import ExitStack

from contract.ids import new_id
from station_agent import presence
from station_agent.clock import SystemClock
from station_agent.fitting.copies import make_keeper
from station_agent.fitting.diagnosis import make_bearer
from station_agent.fitting.hardware import make_rig
from station_agent.fitting.health import make_machine
from station_agent.fitting.knowledge import first_state
from station_agent.fitting.network import reach_server
from station_agent.fitting.sound import make_sounder
from station_agent.inputs import Inbox, StopAsked
from station_agent.records import Records
from station_agent.runtime import Runtime
from station_agent.settings import Settings
from station_agent.tones import Tones
from station_agent.uplink import Uplink
from station_agent.watchdog import notifier


def run(settings: Settings) -> None:
    """Run the station until SIGTERM or SIGINT. Raises StationError."""
    inbox = Inbox()
    clock = SystemClock(settings.data / "clock.json", battery=settings.clock == "battery")
    settings.data.mkdir(parents=True, exist_ok=True)
    at = clock.moment()
    station, boot = settings.station, new_id(at.now)
    with ExitStack() as stack:
        # by its name: on a card copied from another station, that one's memory is not ours
        journal = Records(settings.data / f"{station}.db", at.now)
        stack.callback(journal.close)
        will = presence.message(presence.offline(station, boot, journal.id, at))
        link, shelf, media = reach_server(settings, inbox, clock, will, stack)
        sounder = make_sounder(settings, inbox)
        rig, known = make_rig(settings, inbox, clock, sounder, stack)
        keeper, update = make_keeper(settings, inbox)
        runtime = Runtime(
            first_state(settings, known, update),
            inbox=inbox,
            clock=clock,
            journal=journal,
            shelf=shelf,
            link=link,
            uplink=Uplink(link, journal, make_machine(settings, stack), boot, settings.beat_s),
            start_player=sounder.start,
            rig=rig,
            keeper=keeper,
            tones=Tones(settings.data / "tones"),
            bearer=make_bearer(settings, inbox, media),
            notify=notifier(),
        )
        stack.callback(runtime.close)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: inbox.put(StopAsked()))
        runtime.run()
