"""What each part of a run is told, and nothing more."""

import socket
import tomllib
from pathlib import Path

from msgspec import structs

from contract.settings import Secret
from controller.demo import programs
from controller.demo.free_ports import any_free_port, next_free_port
from controller.demo.layout import Layout, fresh_secrets
from controller.settings import Settings


def layout(data: Path) -> Layout:
    settings = structs.replace(Settings(), data=data)
    return Layout(settings=settings, web_port=8123, broker_port=1999, secrets=fresh_secrets())


def test_a_station_is_told_its_own_way_in(tmp_path: Path) -> None:
    odd = tmp_path / 'thư mục "lạ" \\ có dấu'
    told = tomllib.loads(programs.station_settings(layout(odd), "suoi-may-1", "s3cret", "null"))
    assert told["broker_url"] == "mqtt://127.0.0.1:1999"
    assert (told["station"], told["secret"]) == ("suoi-may-1", "s3cret")
    assert told["media_url"] == "http://127.0.0.1:8123"
    assert told["data"] == str(odd / "stations" / "suoi-may-1" / "data")


def test_every_server_process_has_a_broker_user_of_its_own(tmp_path: Path) -> None:
    users = {program.settings["TT_BROKER_USER"] for program in (programs.web(layout(tmp_path)),)}
    assert users == {"web-1"}


def test_a_chosen_database_reaches_the_server_processes(tmp_path: Path) -> None:
    url = "postgresql+psycopg://tt@db/tt"
    made = layout(tmp_path)
    chosen = structs.replace(made.settings, database_url=Secret(url))
    told = programs.web(
        Layout(settings=chosen, web_port=1, broker_port=1, secrets=made.secrets)
    ).settings
    assert told["TT_DATABASE_URL"] == url


def test_a_taken_port_is_passed_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert next_free_port("127.0.0.1", port) > port


def test_a_free_port_is_taken_as_wanted() -> None:
    port = any_free_port()
    assert next_free_port("127.0.0.1", port) == port
