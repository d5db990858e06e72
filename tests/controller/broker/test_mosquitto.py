"""Our own broker's files: what survives a restart, what is set aside, who can read them."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from controller.broker import mosquitto
from controller.broker.configuration import configuration
from controller.broker.errors import BrokerMissing
from tests.controller.broker.conftest import SECRETS, STATIONS
from tests.controller.broker.running import Client, RunningBroker

NOW = datetime(2026, 11, 2, 3, 4, 5, tzinfo=UTC)
PLAN = "tt/1/station/sm-01/plan"


def publish_plan(broker: RunningBroker) -> None:
    controller = Client(broker.port, "controller", SECRETS["controller"], "controller")
    controller.publish(PLAN, b"plan", retain=True)
    controller.close()


def test_a_retained_plan_survives_a_restart(broker: RunningBroker) -> None:
    publish_plan(broker)
    broker.stop()
    broker.start()

    station = Client(broker.port, "sm-01", STATIONS["sm-01"], "sm-01")
    station.subscribe(PLAN)
    assert station.received() == (PLAN, b"plan")
    station.close()


@pytest.mark.parametrize("damage", [bytes(4096), os.urandom(4096), b"\x00\xb5\x00mosquitto db"])
def test_a_damaged_database_is_set_aside_and_the_broker_starts(
    broker: RunningBroker, damage: bytes
) -> None:
    broker.stop()
    database = broker.directory / mosquitto.DATABASE
    database.write_bytes(damage)
    with pytest.raises(AssertionError) as gave_up:
        broker.start()
    assert mosquitto.refused_its_database(str(gave_up.value))

    aside = mosquitto.move_database_aside(broker.directory, NOW)
    broker.start()

    assert aside == broker.directory / "mosquitto.db.damaged-20261102T030405Z"
    assert aside.read_bytes() == damage


def test_there_is_nothing_to_set_aside_before_the_first_run(directory: Path) -> None:
    assert mosquitto.move_database_aside(directory, NOW) is None


def test_only_the_brokers_user_can_read_its_files(broker: RunningBroker) -> None:
    user = Path(f"/proc/{broker.process.pid}").stat().st_uid
    for name in ("mosquitto.conf", "passwords", "access", "servers"):
        found = (broker.directory / name).stat()
        assert (found.st_mode & 0o777, found.st_uid) == (0o600, user)


def test_secrets_are_kept_only_as_hashes(directory: Path) -> None:
    kept = "".join(path.read_text() for path in directory.iterdir())
    assert not any(secret in kept for secret in SECRETS.values())


def test_without_mosquitto_people_are_told_what_to_install(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(mosquitto, "SYSTEM_DIRECTORIES", ())
    with pytest.raises(BrokerMissing, match="apt-get install mosquitto"):
        mosquitto.command(directory)


def test_a_directory_that_the_configuration_cannot_say_is_refused() -> None:
    with pytest.raises(ValueError, match="line break"):
        configuration(Path("/srv/two\nlines"), 1883)


def test_a_link_in_the_directory_leads_nowhere(directory: Path) -> None:
    (directory / "mosquitto.db.new").symlink_to(directory / "nothing")
    mosquitto.prepare(directory, 1883, SECRETS, [])
    assert (directory / "mosquitto.db.new").is_symlink()


def test_another_process_under_the_brokers_number_gets_no_signal() -> None:
    mosquitto.reload(os.getpid())  # a signal would end this test run


def test_reloading_a_dead_broker_is_harmless(broker: RunningBroker) -> None:
    broker.stop()
    mosquitto.reload(broker.process.pid)
