"""The campaign's wire carries, is silent, and refuses."""

import socket
from collections.abc import Iterator

import pytest

from benchmarks.wire import Line, Wire


@pytest.fixture
def door() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture
def wire(door: socket.socket) -> Iterator[Wire]:
    made = Wire(door.getsockname()[1])
    yield made
    made.close()


def connected(wire: Wire, door: socket.socket) -> tuple[socket.socket, socket.socket]:
    near = socket.create_connection(("127.0.0.1", wire.port), 5)
    far, _ = door.accept()
    return near, far


def test_a_good_wire_carries_both_ways(wire, door):
    near, far = connected(wire, door)
    with near, far:
        near.sendall(b"there")
        assert far.recv(100) == b"there"
        far.sendall(b"back")
        assert near.recv(100) == b"back"


def test_a_silent_wire_keeps_what_was_said_until_it_is_good_again(wire, door):
    near, far = connected(wire, door)
    with near, far:
        wire.become(Line.SILENT)
        near.sendall(b"late")
        far.settimeout(0.2)
        with pytest.raises(TimeoutError):
            far.recv(100)
        far.settimeout(5)
        wire.become(Line.GOOD)
        assert far.recv(100) == b"late"


def test_a_refused_wire_resets_what_is_connected_and_takes_nobody_new(wire, door):
    near, far = connected(wire, door)
    with near, far:
        wire.become(Line.REFUSED)
        with pytest.raises(ConnectionResetError):
            near.recv(100)
    with (
        pytest.raises(ConnectionResetError),  # while it connects, or when it reads
        socket.create_connection(("127.0.0.1", wire.port), 5) as late,
    ):
        late.recv(100)
