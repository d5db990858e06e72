"""Real programs as the launcher starts them."""

import os
import socket
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import structs

from controller.broker import mosquitto
from controller.broker.errors import BrokerMissing
from controller.demo import programs
from controller.demo.layout import layout_for, on_free_ports
from controller.demo.village import running
from controller.launch.supervisor import Supervisor
from controller.settings import Settings
from controller.store import Store
from controller.store.prepare import prepare


def test_a_broker_with_a_damaged_database_comes_up_and_keeps_the_damaged_file(
    tmp_path: Path,
) -> None:
    layout = on_free_ports(structs.replace(Settings(), data=tmp_path))
    mosquitto.prepare(layout.broker, layout.broker_port, layout.secrets, [])
    owner = (layout.broker / mosquitto.CONFIGURATION).stat()
    database = layout.broker / mosquitto.DATABASE
    database.write_bytes(bytes(4096))  # what a power cut leaves
    os.chown(database, owner.st_uid, owner.st_gid)

    with Supervisor(tmp_path) as supervisor:
        supervisor.start(programs.broker(layout))
        supervisor.wait_ready("broker")

    assert len(list(layout.broker.glob("mosquitto.db.damaged-*"))) == 1


def test_a_port_that_another_run_took_meanwhile_is_not_mistaken_for_ours(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as theirs:
        settings = structs.replace(Settings(), data=tmp_path / "var")
        layout = layout_for(settings, web_port=theirs.getsockname()[1])
        with pytest.raises(OSError, match="in use"), running(layout, (), "null"):
            pass


def test_a_start_that_fails_has_told_the_passwords_that_it_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(mosquitto, "SYSTEM_DIRECTORIES", ())
    layout = on_free_ports(structs.replace(Settings(), data=tmp_path / "var"))
    with pytest.raises(BrokerMissing), running(layout, (), "null"):
        pass
    assert "canbo.suoimay" in capsys.readouterr().err


def test_the_controller_is_not_ready_because_an_earlier_one_was(tmp_path: Path) -> None:
    layout = on_free_ports(structs.replace(Settings(), data=tmp_path))
    with closing(Store(layout.settings.database)) as store:
        prepare(store, datetime.now(UTC))
        assert not programs.controller(layout, store).ready()
