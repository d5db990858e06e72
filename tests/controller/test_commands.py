"""`python -m controller …`: what an operator types."""

from pathlib import Path

import pytest

from controller import facts
from controller.__main__ import COMMANDS, main
from controller.model import AuditLine
from controller.store import Store, migrate


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A server's data directory, named by the environment."""
    monkeypatch.setenv("TT_DATA", str(tmp_path))
    store = Store(f"sqlite:///{tmp_path / 'truyenthanh.db'}")
    migrate.upgrade(store)
    return store


def test_an_unknown_command_is_answered_with_all_of_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["dance"]) == 2
    told = capsys.readouterr().err
    assert all(" ".join(words) in told for words in COMMANDS)


def test_a_restored_backup_gets_a_new_epoch(
    data: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["epoch", "raise"]) == 0
    with data.reading() as session:
        assert facts.epoch(session) == 2
    assert "2" in capsys.readouterr().out
    data.close()


def test_a_touched_audit_is_found(data: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["epoch", "raise"]) == main(["audit", "verify"]) == 0
    with data.writing() as session:
        session.query(AuditLine).update({"action": "nothing"})
    assert main(["audit", "verify"]) == 1
    assert "đã bị sửa" in capsys.readouterr().out
    data.close()


def test_wrong_settings_are_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TT_BROKER_ULR", "mqtt://h")
    assert main(["run"]) == 1
    assert "TT_BROKER_URL" in capsys.readouterr().err
    assert main(["check"]) == 1
    assert "TT_BROKER_URL" in capsys.readouterr().out
