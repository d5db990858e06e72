"""The root as people make and change it: each step on a machine of its own."""

from pathlib import Path

import pytest

from contract import codec, roots, topics
from contract.roots import RootChain
from contract.trust import Role
from controller.__main__ import main
from controller.demo.rooted import make_root
from controller.keys.files import FileSigner
from controller.outbox import take
from controller.roots.chain_file import CHAIN
from controller.roots.publishing import Publishing
from controller.store import Store
from tests.controller.village import NOW


@pytest.fixture(autouse=True)
def machine(tmp_path, monkeypatch):
    """A stick in the hand of somebody who knows the passphrase; the server's data in `var`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TT_KEY_PASSPHRASE", "ba người giữ ba chìa")
    monkeypatch.setenv("TT_DATA", str(tmp_path / "var"))
    FileSigner(tmp_path / "var" / "keys")
    return tmp_path


def root(*words: str) -> int:
    return main(["root", *words])


def install() -> int:
    """On the server, where nobody types a passphrase."""
    with pytest.MonkeyPatch.context() as there:
        there.delenv("TT_KEY_PASSPHRASE")
        return root("install", "roots.json")


def first_chain() -> None:
    for name in "abc":
        assert root("key", name) == 0
    trust = "var/keys/trust.json"
    assert root("draft", "1.json", "--trust", trust, "--root", "a.pub", "b.pub", "c.pub") == 0
    assert root("sign", "1.json", "a.key") == 0
    assert root("sign", "1.json", "c.key") == 0
    assert root("append", "roots.json", "1.json") == 0


def walked(file: str = "roots.json") -> roots.Root:
    return roots.walk(codec.decode(RootChain, Path(file).read_bytes()))


def test_a_root_of_three_keys_is_made_by_two_of_them_and_installed():
    first_chain()
    assert walked().roles[Role.EMERGENCY].threshold == 2
    assert root("verify", "roots.json") == 0
    assert install() == 0
    assert walked(f"var/keys/{CHAIN}") == walked()


def test_a_lost_root_key_is_replaced_by_the_others_signing_apart(machine):
    first_chain()
    install()
    root("key", "d")
    args = ("--trust", "var/keys/trust.json", "--after", "roots.json")
    root("draft", "2.json", *args, "--root", "a.pub", "c.pub", "d.pub")
    draft = Path("2.json").read_bytes()
    for name in "acd":
        Path(f"2-{name}.json").write_bytes(draft)
        assert root("sign", f"2-{name}.json", f"{name}.key") == 0
    assert root("combine", "2.json", "2-a.json", "2-c.json", "2-d.json") == 0
    assert root("append", "roots.json", "2.json") == 0
    assert install() == 0
    assert walked().version == 2


def test_one_signature_does_not_make_a_root(capsys):
    first_chain()
    args = ("--trust", "var/keys/trust.json", "--after", "roots.json")
    root("draft", "2.json", *args, "--root", "a.pub", "b.pub", "c.pub")
    root("sign", "2.json", "a.key")
    assert root("append", "roots.json", "2.json") == 1
    assert "chưa đủ chữ ký" in capsys.readouterr().err
    assert walked().version == 1


def test_a_root_that_one_key_could_change_is_not_drafted(capsys):
    root("key", "a")
    trust = "var/keys/trust.json"
    assert root("draft", "1.json", "--trust", trust, "--threshold", "1", "--root", "a.pub") == 1
    assert "at least 2" in capsys.readouterr().err


def test_a_key_is_never_overwritten_and_opens_with_its_passphrase_only(monkeypatch, capsys):
    first_chain()
    before = Path("a.key").read_bytes()
    assert root("key", "a") == 1
    assert Path("a.key").read_bytes() == before
    assert b"ENCRYPTED" in before
    assert Path("a.key").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("TT_KEY_PASSPHRASE", "khác")
    assert root("sign", "1.json", "a.key") == 1
    assert "sai mật khẩu" in capsys.readouterr().err


def test_another_chain_does_not_take_the_place_of_the_installed_one(machine, capsys):
    make_root(FileSigner(machine / "var" / "keys").trust, machine / "var" / "keys")
    first_chain()
    assert install() == 1
    assert "không nối tiếp" in capsys.readouterr().err


def test_an_installed_chain_goes_out_retained_and_only_when_it_changes(machine, store: Store):
    keys = machine / "var" / "keys"
    chore = Publishing(store, keys)
    chore(NOW)
    make_root(FileSigner(keys).trust, keys)
    chore(NOW)
    with store.writing() as session:
        (message,) = take(session, NOW)
    assert (message.topic, message.retained) == (topics.ROOTS, True)
    assert message.payload == codec.encode(codec.decode(RootChain, (keys / CHAIN).read_bytes()))
    chore(NOW)
    with store.writing() as session:
        assert take(session, NOW) == []
