"""What each part of a run is told, and nothing more."""

import socket
import tomllib
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import structs

from contract.settings import Secret
from controller.demo import programs
from controller.demo.free_ports import any_free_port, next_free_port
from controller.demo.layout import Layout, fresh_secrets
from controller.settings import Settings
from controller.store import Store


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
    made = layout(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as door, closing(Store("sqlite://")) as store:
        servers = (programs.web(made, door), programs.controller(made, store))
    assert [program.settings["TT_BROKER_USER"] for program in servers] == ["web-1", "controller"]


def test_a_chosen_database_reaches_the_server_processes(tmp_path: Path) -> None:
    url = "postgresql+psycopg://tt@db/tt"
    made = layout(tmp_path)
    chosen = structs.replace(made.settings, database_url=Secret(url))
    made = Layout(settings=chosen, web_port=1, broker_port=1, secrets=made.secrets)
    with socket.create_server(("127.0.0.1", 0)) as door:
        assert programs.web(made, door).settings["TT_DATABASE_URL"] == url


def test_a_taken_port_is_passed_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert next_free_port("127.0.0.1", port) > port


def test_an_address_of_another_machine_is_not_a_lack_of_ports() -> None:
    with pytest.raises(OSError, match="assign"):
        next_free_port("192.0.2.1", 8080)  # TEST-NET-1 of RFC 5737: nobody's


def test_a_free_port_is_taken_as_wanted() -> None:
    port = any_free_port()
    assert next_free_port("127.0.0.1", port) == port


def test_no_free_port_is_given_twice_nor_lent_to_clients() -> None:
    given = [any_free_port() for _ in range(50)]
    lent = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()
    assert len(set(given)) == 50
    assert max(given) < int(lent[0])
