"""Where the parts of a run on one machine lie and listen: one value, asked by all."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from controller.broker.accounts import CONTROLLER, LAUNCHER, WEB
from controller.demo.free_ports import any_free_port
from controller.passkey_site import HERE
from controller.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The directories, ports and fresh broker secrets of one run."""

    settings: Settings
    web_port: int
    broker_port: int
    secrets: dict[str, str]  # broker user of the server to its secret, new in every run

    @property
    def data(self) -> Path:
        """The data directory, absolute: children may not share our working directory."""
        return self.settings.data.absolute()

    @property
    def broker(self) -> Path:
        """The broker's own directory."""
        return self.data / "broker"

    def secret_file(self, user: str) -> Path:
        """Where a server process finds its broker secret."""
        return self.data / "run" / f"{user}.secret"

    def station(self, station: str) -> Path:
        """The directory of one station: its settings file and all its state."""
        return self.data / "stations" / station

    def station_file(self, station: str) -> Path:
        """Where a station's settings lie."""
        return self.station(station) / "station.toml"

    @property
    def web_address(self) -> str:
        """What a person types into a browser, and where stations fetch recordings."""
        return f"http://{self.settings.web_host}:{self.web_port}"

    @property
    def public_url(self) -> str:
        """By which people open the pages; on one machine the name that browsers trust."""
        return self.settings.public_url or f"http://{HERE}:{self.web_port}"

    @property
    def broker_url(self) -> str:
        """Without a user: each process has its own."""
        return f"mqtt://127.0.0.1:{self.broker_port}"


def on_free_ports(settings: Settings) -> Layout:
    """A run that meets no other, whatever listens on this machine."""
    return layout_for(settings, web_port=any_free_port())


def layout_for(settings: Settings, *, web_port: int) -> Layout:
    """A run whose pages are on `web_port`."""
    return Layout(
        settings=settings,
        web_port=web_port,
        broker_port=any_free_port(),
        secrets=fresh_secrets(),
    )


def fresh_secrets() -> dict[str, str]:
    """128 random bits for each server process that speaks with the broker."""
    return {user: secrets.token_urlsafe(16) for user in (CONTROLLER, WEB, LAUNCHER)}
