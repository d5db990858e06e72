"""A web server over a small village, with a clock that the test moves."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from controller.media.disk import DiskMedia
from controller.ports import Checked
from controller.settings import Settings
from controller.store import Store, migrate
from tests.controller.hooks.office import System
from tests.controller.village import NOW, Village, settle
from tests.web.browser import Browser
from web import create_app, demo_app


class Clock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, by: timedelta) -> None:
        self.at += by


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Village]:
    """A database with the village in it, made once and copied for each test."""
    file = tmp_path_factory.mktemp("village") / "tt.db"
    store = Store(f"sqlite:///{file}")
    migrate.upgrade(store)
    with store.writing() as session:
        village = settle(session)
    store.close()
    return file, village


@pytest.fixture(scope="session")
def app() -> Flask:
    """Over the sample province, for tests that only look or are refused."""
    return demo_app()


@pytest.fixture
def village(settled: tuple[Path, Village]) -> Village:
    return settled[1]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "var")


@pytest.fixture
def store(settled: tuple[Path, Village], settings: Settings) -> Iterator[Store]:
    settings.data.mkdir()
    shutil.copy(settled[0], settings.data / "truyenthanh.db")
    store = Store(settings.database)
    yield store
    store.close()


@pytest.fixture
def media(settings: Settings) -> DiskMedia:
    return DiskMedia(settings.media)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def nudges() -> list[datetime]:
    """When the controller was asked to look."""
    return []


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates are compiled once for all apps."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


class ListeningProber:
    """Hears what the test says."""

    def __init__(self) -> None:
        self.tried: list[str] = []
        self.found = Checked(works=True, told="Nghe được: MP3 48 kHz, mức âm -18 dB.")

    def check(self, address: str) -> Checked:
        self.tried.append(address)
        return self.found


@pytest.fixture
def prober() -> ListeningProber:
    return ListeningProber()


@pytest.fixture
def system() -> System:
    """What another system answers to webhooks."""
    return System()


@pytest.fixture
def browser(
    *,
    settings: Settings,
    store: Store,
    clock: Clock,
    nudges: list[datetime],
    prober: ListeningProber,
    system: System,
    compiled: FileSystemBytecodeCache,
) -> Browser:
    """Somebody who has not signed in."""
    app = create_app(
        settings,
        store,
        prober=prober,
        poster=system,
        nudge=lambda: nudges.append(clock()),
        now=clock,
    )
    app.jinja_env.bytecode_cache = compiled
    return Browser(app, store, clock)


@pytest.fixture
def officer(browser: Browser, village: Village) -> Browser:
    return browser.signed_in(village.officer)


@pytest.fixture
def approver(browser: Browser, village: Village) -> Browser:
    return browser.signed_in(village.approver)


@pytest.fixture
def stranger(browser: Browser, village: Village) -> Browser:
    """The officer of the other commune."""
    return browser.signed_in(village.stranger)
