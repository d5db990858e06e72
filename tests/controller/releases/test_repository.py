"""What people sign is what stations fetch; what nobody signed, or somebody changed, stays away.

The station's own client reads the repository over real HTTP; the running version stays.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from securesystemslib.signer import CryptoSigner

from controller.releases.errors import ReleaseError
from tests.controller.releases.conftest import Office, signers
from tests.fakes.folder_server import served

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Client:
    """A station: what it was installed with, and what it has seen so far."""

    url: str
    folder: Path
    root: Path

    def fetch(self, name: str) -> tuple[bool, str]:
        """The path of the file, or the sentence that says why not."""
        command = [sys.executable, "-m", "station_agent.updates.fetch"]
        done = subprocess.run(
            [*command, self.url, str(self.folder), str(self.root), name],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
        )
        assert done.returncode in (0, 1), done.stderr
        return done.returncode == 0, done.stdout.strip()


@pytest.fixture
def client(office: Office, tmp_path: Path) -> Iterator[Client]:
    root = tmp_path / "root.json"
    root.write_bytes(office.repository.root())
    with served(office.folder) as url:
        yield Client(url, tmp_path / "station", root)


def test_a_signed_release_is_fetched_whole(office: Office, client: Client) -> None:
    name = office.add("1.0", b"one")
    fetched, path = client.fetch(name)
    assert fetched, path
    assert Path(path).read_bytes() == b"one"
    assert office.repository.names() == (name,)


def test_what_was_never_published_is_not_there(office: Office, client: Client) -> None:
    office.add("1.0", b"one")
    assert client.fetch("tt-station-9.9.pyz") == (
        False,
        "Kho cập nhật không nhất quán: không có tt-station-9.9.pyz",
    )


def test_a_rollback_is_refused(office: Office, client: Client, tmp_path: Path) -> None:
    name = office.add("1.0", b"one")
    old = tmp_path / "old"
    shutil.copytree(office.folder, old)
    newer = office.add("1.1", b"two")
    assert client.fetch(newer)[0]
    shutil.copyfile(old / "metadata" / "timestamp.json", office.folder / "metadata/timestamp.json")
    for wanted in (name, newer):
        fetched, why = client.fetch(wanted)
        assert not fetched
        assert why.startswith("Kho cập nhật đưa ra bản cũ hơn bản đã thấy")


def test_a_freeze_is_seen(office: Office, client: Client) -> None:
    office.pass_time(-timedelta(days=30))
    name = office.add("1.0", b"one")
    fetched, why = client.fetch(name)
    assert not fetched
    assert why.startswith("Thông tin của kho cập nhật đã quá hạn")


def changed(file: Path, old: bytes, new: bytes) -> None:
    content = file.read_bytes()
    assert old in content
    file.write_bytes(content.replace(old, new))


def target(office: Office) -> Path:
    (found,) = (office.folder / "targets").iterdir()
    return found


@pytest.mark.parametrize("content", [b"onE", b"on", b"one and more", b"x" * 70_000_000])
def test_a_tampered_file_is_refused(office: Office, client: Client, content: bytes) -> None:
    name = office.add("1.0", b"one")
    target(office).write_bytes(content)
    fetched, why = client.fetch(name)
    assert not fetched
    assert why.startswith(("Tệp cập nhật không khớp", "Không tải được"))


def test_changed_metadata_is_refused(office: Office, client: Client) -> None:
    name = office.add("1.0", b"one")
    changed(office.folder / "metadata" / "2.targets.json", b"1.0.pyz", b"6.6.pyz")
    fetched, why = client.fetch(name)
    assert not fetched
    assert why.startswith("Thông tin cập nhật không đủ chữ ký")


def test_targets_of_another_day_do_not_mix(office: Office, client: Client) -> None:
    office.add("1.0", b"one")
    name = office.add("1.1", b"two")
    folder = office.folder / "metadata"
    shutil.copyfile(folder / "2.targets.json", folder / "3.targets.json")
    fetched, why = client.fetch(name)
    assert not fetched
    assert why.startswith("Kho cập nhật đưa ra bản cũ hơn bản đã thấy")


def test_one_signature_of_two_publishes_nothing(office: Office, tmp_path: Path) -> None:
    agent = tmp_path / "agent.pyz"
    agent.write_bytes(b"one")
    office.repository.add(agent, "tt-station-1.0.pyz", office.now)
    office.sign("targets", office.targets[:1])
    with pytest.raises(ReleaseError, match="còn thiếu 1 chữ ký"):
        office.repository.publish(office.online, office.now)
    office.sign("targets", office.targets[:1])  # the same hand once more
    with pytest.raises(ReleaseError, match="còn thiếu 1 chữ ký"):
        office.repository.publish(office.online, office.now)
    assert office.repository.names() == ()


def test_a_repository_that_skips_its_own_rule_is_refused_by_the_station(
    office: Office, client: Client
) -> None:
    name = office.add("1.0", b"one")
    file = office.folder / "metadata" / "2.targets.json"
    document = json.loads(file.read_bytes())
    document["signatures"] = document["signatures"][:1]
    file.write_text(json.dumps(document))
    fetched, why = client.fetch(name)
    assert not fetched
    assert why.startswith("Thông tin cập nhật không đủ chữ ký")


def test_keys_are_changed_by_the_old_ones_and_the_new_ones(office: Office, client: Client) -> None:
    first = office.add("1.0", b"one")
    assert client.fetch(first)[0]
    old = office.root
    office.root, office.targets = [old[0], *signers(2)], signers(2)
    office.repository.rotate(office.holders(), office.now)
    office.sign("root", office.root[:2])
    with pytest.raises(ReleaseError, match="root còn thiếu 1"):
        office.repository.publish(office.online, office.now)
    office.sign("root", [old[1]])
    office.repository.publish(office.online, office.now)
    second = office.add("1.1", b"two")
    fetched, why = client.fetch(second)
    assert fetched, why


def test_a_root_that_only_new_keys_signed_is_refused_by_the_station(
    office: Office, client: Client
) -> None:
    name = office.add("1.0", b"one")
    thief = Office(office.folder.parent / "thief", root=signers(3), online=office.online)
    thief.open()
    stolen = json.loads(thief.repository.root())
    stolen["signed"]["version"] = 2
    (office.folder / "metadata" / "2.root.json").write_text(json.dumps(stolen))
    fetched, why = client.fetch(name)
    assert not fetched
    assert why.startswith("Thông tin cập nhật không đủ chữ ký")


def test_a_name_is_published_once(office: Office, tmp_path: Path) -> None:
    office.add("1.0", b"one")
    agent = tmp_path / "other.pyz"
    agent.write_bytes(b"other")
    with pytest.raises(ReleaseError, match="chỉ đăng một lần"):
        office.repository.add(agent, "tt-station-1.0.pyz", office.now)


def test_the_online_key_alone_cannot_sign_a_release(office: Office, client: Client) -> None:
    name = office.add("1.0", b"one")
    file = office.folder / "metadata" / "2.targets.json"
    repository = office.repository
    draft = office.folder / "drafts" / "targets.json"
    shutil.copyfile(file, draft)
    repository.sign("targets", office.online)
    repository.sign("targets", CryptoSigner.generate_ed25519())
    document = json.loads(draft.read_bytes())
    document["signatures"] = document["signatures"][-2:]
    file.write_text(json.dumps(document))
    assert not client.fetch(name)[0]


@pytest.mark.parametrize("threshold", [0, 1])
def test_one_signature_is_never_enough_for_a_root(tmp_path: Path, threshold: int) -> None:
    office = Office(tmp_path / "releases")
    with pytest.raises(ReleaseError, match="ít nhất 2"):
        office.repository.create(office.holders(threshold), office.now)


def test_another_online_key_publishes_nothing_that_stations_would_refuse(
    office: Office, client: Client
) -> None:
    name = office.add("1.0.0", b"agent")
    with pytest.raises(ReleaseError, match="snapshot"):
        office.repository.refresh(office.root[0], office.now)
    fetched, path = client.fetch(name)
    assert fetched, path
