"""Sample app: the whole application over the sample province, for documents, tests and checks."""

import shutil
import tempfile
import wave
import weakref
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from controller.demo import sample
from controller.demo.layout import on_free_ports
from controller.demo.sample_work import work
from controller.demo.seeding import seed
from controller.keys.files import FileSigner
from controller.media.disk import DiskMedia
from controller.model import StationVerdict
from controller.settings import Settings
from controller.store import Store, migrate
from web.application import create_app
from web.parts import wall_clock

LOGINS = "SAMPLE_LOGINS"
"""Where the app's config holds its people with their passwords (controller.demo.seeding.Login)."""


def demo_app(now: Callable[[], datetime] = wall_clock) -> Flask:
    """An app of its own each time; its folder and database are gone when it is let go of."""
    folder = Path(tempfile.mkdtemp(prefix="truyen-thanh-"))
    settings = Settings(data=folder)
    store = Store(settings.database)
    migrate.upgrade(store)
    then = now() - timedelta(days=2)  # before anything of the sample happened
    logins = seed(store, on_free_ports(settings), sample.stations(2, 2), then)
    with store.writing() as session:
        work(session, DiskMedia(settings.media), FileSigner(settings.keys), now())
    _capture(store, folder)
    app = create_app(settings, store, now=now)
    app.config[LOGINS] = tuple(logins)
    weakref.finalize(app, _let_go, store, folder)
    return app


def _capture(store: Store, folder: Path) -> None:
    """A moment of silence for what each station played, as its agent on this machine would keep."""
    with store.reading() as session:
        played = session.execute(select(StationVerdict.station_id, StationVerdict.airing_id)).all()
    for station, airing in played:
        file = folder / "stations" / station / "capture" / f"{airing}-1.wav"
        file.parent.mkdir(parents=True, exist_ok=True)
        with wave.open(str(file), "wb") as sound:
            sound.setparams((1, 2, 48_000, 0, "NONE", ""))
            sound.writeframes(bytes(9_600))


def _let_go(store: Store, folder: Path) -> None:
    store.close()
    shutil.rmtree(folder)
