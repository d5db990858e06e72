"""The repository of releases: static files after The Update Framework (TUF specification 1.0).

`metadata/` and `targets/` are what stations read. `drafts/` holds what is being signed: it is
published only with enough signatures. Consistent snapshots: a version is never written over.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from securesystemslib.signer import CryptoSigner, Key
from tuf.api.metadata import (
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from controller.releases.errors import ReleaseError

ROOT_LIFE = timedelta(days=730)
TOGETHER = 2
"""The least that root and targets ask for: no single person changes what every station runs."""

TARGETS_LIFE = timedelta(days=365)
ONLINE_LIFE = timedelta(days=14)
"""A station that was off the network for a week still finds a timestamp that is valid; older ones
would let somebody freeze the fleet on an old version for longer."""


@dataclass(frozen=True)
class Holders:
    """Whose keys stand for which role; `threshold` of them must sign root, and targets."""

    root: Sequence[Key]
    targets: Sequence[Key]
    online: Key  # signs snapshot and timestamp, alone
    threshold: int


class Repository:
    """One folder. Times are aware; `now` is the moment of making."""

    def __init__(self, folder: Path) -> None:
        self._metadata, self._targets = folder / "metadata", folder / "targets"
        self._drafts = folder / "drafts"

    def create(self, holders: Holders, now: datetime) -> None:
        """Draft version 1 of root and of targets. Raises ReleaseError."""
        if self._metadata.exists():
            raise ReleaseError("Kho bản cập nhật đã có; muốn đổi khóa hãy lập root mới")
        for folder in (self._metadata, self._targets, self._drafts):
            folder.mkdir(parents=True)
        self._draft("root", Metadata(_root(1, holders, now)))
        self._draft("targets", Metadata(Targets(version=1, expires=now + TARGETS_LIFE)))

    def rotate(self, holders: Holders, now: datetime) -> None:
        """Draft the next root with these keys; the keys of the old root must sign it too."""
        version = self._latest("root").signed.version + 1
        self._draft("root", Metadata(_root(version, holders, now)))

    def add(self, agent: Path, name: str, now: datetime) -> None:
        """Draft targets that hold one file more. Raises ReleaseError."""
        draft: Metadata[Targets] = self._open_draft("targets") or self._latest("targets")
        if name in draft.signed.targets:
            raise ReleaseError(f"Đã có {name}; mỗi bản phát hành chỉ đăng một lần")
        found = TargetFile.from_file(name, str(agent))
        shutil.copyfile(agent, self._targets / f"{found.hashes['sha256']}.{name}")
        draft.signed.targets[name] = found
        draft.signed.version = self._next_version("targets")
        draft.signed.expires = now + TARGETS_LIFE
        draft.signatures.clear()
        self._draft("targets", draft)

    def sign(self, role: str, signer: CryptoSigner) -> None:
        """Add one signature to a draft. Raises ReleaseError."""
        draft = self._open_draft(role)
        if draft is None:
            raise ReleaseError(f"Không có bản nháp {role} nào chờ ký")
        draft.sign(signer, append=True)
        self._draft(role, draft)

    def publish(self, online: CryptoSigner, now: datetime) -> None:
        """Make the drafts valid, root first. Raises ReleaseError while signatures are missing."""
        root = self._open_draft("root")
        if root is not None:
            self._check_root(root)
            self._release("root", root)
        targets = self._open_draft("targets")
        if targets is not None:
            _check("targets", self._latest("root").signed, targets)
            self._release("targets", targets)
        self.refresh(online, now)

    def refresh(self, online: CryptoSigner, now: datetime) -> None:
        """A new snapshot and timestamp, signed by the online key: stations see we are alive.

        Raises ReleaseError for another key: with its signature no station would update any more.
        """
        root, targets = self._latest("root").signed, self._latest("targets").signed.version
        snapshot = Metadata(
            Snapshot(
                version=self._next_version("snapshot"),
                expires=now + ONLINE_LIFE,
                meta={"targets.json": MetaFile(version=targets)},
            )
        )
        snapshot.sign(online)
        _check("snapshot", root, snapshot)
        self._write("snapshot", snapshot)
        last = self._metadata / "timestamp.json"
        known = Metadata.from_file(str(last)).signed.version if last.exists() else 0
        timestamp = Metadata(
            Timestamp(
                version=known + 1,
                expires=now + ONLINE_LIFE,
                snapshot_meta=MetaFile(version=snapshot.signed.version),
            )
        )
        timestamp.sign(online)
        timestamp.to_file(str(last))

    def names(self) -> tuple[str, ...]:
        """The published files, the latest last."""
        return tuple(self._latest("targets").signed.targets)

    def root(self) -> bytes:
        """The first root: what a station is given when it is installed."""
        return (self._metadata / "1.root.json").read_bytes()

    def _check_root(self, new: Metadata[Root]) -> None:
        _check("root", new.signed, new)
        if new.signed.version > 1:
            _check("root", self._latest("root").signed, new)

    def _release(self, role: str, draft: Metadata[Any]) -> None:
        self._write(role, draft)
        (self._drafts / f"{role}.json").unlink()

    def _write(self, role: str, metadata: Metadata[Any]) -> None:
        metadata.to_file(str(self._metadata / f"{metadata.signed.version}.{role}.json"))

    def _draft(self, role: str, metadata: Metadata[Any]) -> None:
        metadata.to_file(str(self._drafts / f"{role}.json"))

    def _open_draft(self, role: str) -> Metadata[Any] | None:
        file = self._drafts / f"{role}.json"
        return Metadata.from_file(str(file)) if file.exists() else None

    def _latest(self, role: str) -> Metadata[Any]:
        version = self._next_version(role) - 1
        if version == 0:
            raise ReleaseError("Kho bản cập nhật chưa được lập hoặc chưa đăng lần nào")
        return Metadata.from_file(str(self._metadata / f"{version}.{role}.json"))

    def _next_version(self, role: str) -> int:
        found = self._metadata.glob(f"*.{role}.json")
        return 1 + max((int(file.name.partition(".")[0]) for file in found), default=0)


def _root(version: int, holders: Holders, now: datetime) -> Root:
    if holders.threshold < TOGETHER:
        raise ReleaseError(f"Mỗi vai trò cần ít nhất {TOGETHER} chữ ký")
    for keys in (holders.root, holders.targets):
        if len({key.keyid for key in keys}) < holders.threshold:
            raise ReleaseError(f"Cần ít nhất {holders.threshold} khóa khác nhau cho mỗi vai trò")
    made = Root(version=version, expires=now + ROOT_LIFE, consistent_snapshot=True)
    online = [holders.online]
    signers = {
        "root": holders.root,
        "targets": holders.targets,
        "snapshot": online,
        "timestamp": online,
    }
    for role, keys in signers.items():
        for key in keys:
            made.add_key(key, role)
        made.roles[role].threshold = 1 if keys is online else holders.threshold
    return made


def _check(role: str, root: Root, draft: Metadata[Any]) -> None:
    """Enough different keys of the role have signed. Raises ReleaseError."""
    found = root.get_verification_result(role, draft.signed_bytes, draft.signatures)
    if not found.verified:
        missing = found.threshold - len(found.signed)
        raise ReleaseError(f"Bản nháp {role} còn thiếu {missing} chữ ký")
