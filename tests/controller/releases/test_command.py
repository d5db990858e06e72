"""A release from the keys to a published file, as its people type it."""

import subprocess
import sys
from pathlib import Path

import pytest

from controller.releases import keys
from controller.releases.errors import ReleaseError

ROOT = Path(__file__).resolve().parents[3]


def release(*words: object, typed: str = "của tôi") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "controller", "release", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"TT_KEY_PASSPHRASE": typed, "PATH": "/usr/bin"},
    )


def test_a_release_is_made_signed_by_two_and_published(tmp_path: Path) -> None:
    folder, agent = tmp_path / "releases", tmp_path / "agent.pyz"
    agent.write_bytes(b"agent")
    for name in ("root-1", "root-2", "hand-1", "hand-2"):
        assert release("key", tmp_path / name).returncode == 0
    assert release("key", tmp_path / "online", "--open").returncode == 0
    public = {n: tmp_path / f"{n}.pub.json" for n in ("root-1", "root-2", "hand-1", "hand-2")}
    init = [folder, "--root", public["root-1"], public["root-2"]]
    init += ["--targets", public["hand-1"], public["hand-2"]]
    assert release("init", *init, "--online", tmp_path / "online.pub.json").returncode == 0
    assert release("add", folder, agent, "1.4.0").returncode == 0
    for role, name in (("root", "root-1"), ("root", "root-2"), ("targets", "hand-1")):
        assert release("sign", folder, role, tmp_path / f"{name}.key").returncode == 0
    early = release("publish", folder, tmp_path / "online.key")
    assert (early.returncode, early.stderr) == (1, "Lỗi: Bản nháp targets còn thiếu 1 chữ ký\n")
    assert release("sign", folder, "targets", tmp_path / "hand-2.key").returncode == 0
    done = release("publish", folder, tmp_path / "online.key")
    assert done.stdout == "Đã đăng: tt-station-1.4.0.pyz\n"
    assert release("refresh", folder, tmp_path / "online.key").returncode == 0


def test_a_wrong_passphrase_signs_nothing(tmp_path: Path) -> None:
    release("key", tmp_path / "root-1")
    wrong = release("sign", tmp_path, "root", tmp_path / "root-1.key", typed="khác")
    assert wrong.returncode == 1
    assert "sai mật khẩu" in wrong.stderr


def test_a_key_is_for_its_owner_alone_and_never_written_over(tmp_path: Path) -> None:
    keys.make(tmp_path / "k", "mật khẩu")
    assert (tmp_path / "k.key").stat().st_mode & 0o777 == 0o600
    assert b"ENCRYPTED" in (tmp_path / "k.key").read_bytes()
    with pytest.raises(ReleaseError, match="không ghi đè"):
        keys.make(tmp_path / "k", "mật khẩu")
