"""Real programs as the launcher starts them."""

import os
import socket
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import structs

from contract.settings import Secret
from controller.broker import mosquitto
from controller.broker.errors import BrokerMissing
from controller.demo import programs
from controller.demo.layout import layout_for, on_free_ports
from controller.demo.village import running
from controller.launch.supervisor import Supervisor
from controller.settings import Settings, from_environment
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


def test_every_setting_reaches_the_processes_of_the_server(tmp_path: Path) -> None:
    """Each field set to something else than its default, but for what the launcher decides."""
    settings = Settings(
        data=tmp_path,
        database_url=Secret("postgresql+psycopg://tt@db/tt"),
        broker_url="mqtts://broker.example",
        broker_user="other",
        broker_password_file=tmp_path / "broker",
        web_host="0.0.0.0",  # noqa: S104 - listened on by nobody here
        web_port=9000,
        public_url="https://loa.example",
        trusted_proxies=1,
        stations_host="tram.example",
        stations_port=9443,
        stations_broker_port=9883,
        boxes_broker_port=9884,
        boxes_url="https://hop.example",
        box_profiles_dir=tmp_path / "boxes",
        secret_key=Secret("khóa"),
        push_hosts="push.example",
        hook_hosts="10.0.0.5",
        smtp_host="thu.example",
        smtp_port=465,
        smtp_security="tls",
        smtp_user="loa",
        smtp_password_file=tmp_path / "mail",
        mail_from="loa@tinh.example",
        second_factor="asked",
        live_streams=3,
        approval_reminders="30",
        journal_days=50,
        default_voice="piper:x",
        gtts=True,
        online_voices="http-fpt",
        voices_dir=tmp_path / "voices",
        voice_profiles_dir=tmp_path / "profiles",
        piper_workers=2,
        relay_private_addresses="10.0.0.6",
        releases_dir=tmp_path / "releases",
        virtual_stations=True,
        sandbox=True,
        sandbox_port=9001,
        log_level="DEBUG",
    )
    usual = structs.asdict(Settings())
    assert [name for name, value in structs.asdict(settings).items() if value == usual[name]] == []
    layout = layout_for(settings, web_port=9000)
    told = from_environment(programs.server_settings(layout, "web-1"))
    decided = {"broker_url": layout.broker_url, "broker_user": "web-1"}
    secret = {"broker_password_file": layout.secret_file("web-1")}
    assert told == structs.replace(settings, **decided, **secret)
