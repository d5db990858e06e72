"""A repository with its people: three who hold root keys, two of whom must sign."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from securesystemslib.signer import CryptoSigner

from controller.releases.repository import Holders, Repository

AGENT = "tt-station-{}.pyz"


@dataclass
class Office:
    """A repository, its signers and a calendar."""

    folder: Path
    root: list[CryptoSigner] = field(default_factory=lambda: signers(3))
    targets: list[CryptoSigner] = field(default_factory=lambda: signers(2))
    online: CryptoSigner = field(default_factory=CryptoSigner.generate_ed25519)
    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    def __post_init__(self) -> None:
        self.repository = Repository(self.folder)

    def holders(self, threshold: int = 2) -> Holders:
        return Holders(
            [one.public_key for one in self.root],
            [one.public_key for one in self.targets],
            self.online.public_key,
            threshold,
        )

    def open(self) -> None:
        """Version 1 of everything, published."""
        self.repository.create(self.holders(), self.now)
        self.sign("root", self.root[:2])
        self.sign("targets", self.targets)
        self.repository.publish(self.online, self.now)

    def add(self, version: str, content: bytes) -> str:
        """Publish one agent; its name."""
        agent = self.folder.parent / "agent.pyz"
        agent.write_bytes(content)
        name = AGENT.format(version)
        self.repository.add(agent, name, self.now)
        self.sign("targets", self.targets)
        self.repository.publish(self.online, self.now)
        return name

    def sign(self, role: str, who: list[CryptoSigner]) -> None:
        for signer in who:
            self.repository.sign(role, signer)

    def pass_time(self, span: timedelta) -> None:
        self.now += span


def signers(count: int) -> list[CryptoSigner]:
    return [CryptoSigner.generate_ed25519() for _ in range(count)]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    found = Office(tmp_path / "releases")
    found.open()
    return found
