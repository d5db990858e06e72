"""Keys as files of the server."""

import stat
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from contract.messages import Order, Plan, Release, Signed, Stop
from contract.signing import verify
from contract.states import Class
from contract.trust import ROLE_OF, Role, read_trust
from controller.errors import KeysMissing
from controller.keys.files import FileSigner
from tests.controller.village import NOW


def order() -> Order:
    later = NOW + timedelta(hours=1)
    return Order(id="o", aud=("a",), seq=1, iat=NOW, nbf=NOW, exp=later, do=Stop())


def release() -> Release:
    later = NOW + timedelta(hours=1)
    return Release(
        id="r",
        aud=("a",),
        seq=1,
        iat=NOW,
        nbf=NOW,
        exp=later,
        bulletin="b",
        recording="0" * 64,
        cls=Class.NORMAL,
    )


def test_what_is_signed_is_believed_by_whoever_holds_trust_json(tmp_path: Path) -> None:
    signer = FileSigner(tmp_path / "keys")
    trust = read_trust((tmp_path / "keys" / "trust.json").read_bytes())
    assert verify(Order, signer.sign(order()), trust) == order()
    assert verify(Release, signer.sign(release()), trust) == release()


def test_an_emergency_needs_two_keys_and_a_plan_one(tmp_path: Path) -> None:
    trust = FileSigner(tmp_path).trust
    assert {role: trust.roles[role].threshold for role in Role} == {
        Role.PLAN: 1,
        Role.RELEASE: 1,
        Role.EMERGENCY: 2,
    }
    assert len({key for role in Role for key in trust.roles[role].keys}) == 4


def test_keys_survive_a_restart_and_are_for_the_server_alone(tmp_path: Path) -> None:
    assert FileSigner(tmp_path).trust == FileSigner(tmp_path).trust
    for file in tmp_path.glob("*.key"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(list(tmp_path.iterdir())) == 5  # four keys, trust.json, no leftovers


def test_two_processes_that_start_at_once_hold_the_same_keys(tmp_path: Path) -> None:
    found: list[FileSigner] = []
    threads = [
        threading.Thread(target=lambda: found.append(FileSigner(tmp_path))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(signer.trust == found[0].trust for signer in found)


def test_every_signed_payload_has_a_role() -> None:
    assert set(ROLE_OF) >= {Plan, Order, Release}
    assert all(issubclass(kind, Signed) for kind in ROLE_OF)


def test_a_key_that_is_gone_is_not_made_again_in_silence(tmp_path: Path) -> None:
    before = FileSigner(tmp_path).trust
    (tmp_path / "release.key").rename(tmp_path / "aside")

    with pytest.raises(KeysMissing, match=r"release\.key"):
        FileSigner(tmp_path)

    (tmp_path / "aside").rename(tmp_path / "release.key")
    assert FileSigner(tmp_path).trust == before
