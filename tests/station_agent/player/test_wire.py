"""The lines between the agent and its player."""

import contextlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.states import Profile
from station_agent.player.errors import LineError
from station_agent.player.wire import (
    MAX_LINE,
    Cause,
    Command,
    Ended,
    Event,
    Play,
    Progress,
    Quit,
    Ready,
    Rejected,
    Shape,
    Started,
    Stop,
    Trouble,
    Volume,
    decode_command,
    decode_event,
    encode,
    read_lines,
)

COMMANDS: list[Command] = [
    Play(run="a", path="/x", sha256="0" * 64, at_monotonic_ns=5, offset_samples=2, gain_db=-3.0),
    Stop(run="a", fade_ms=100),
    Volume(db=-6.0),
    Shape(profile=Profile.HORN),
    Quit(),
]
EVENTS: list[Event] = [
    Ready(pid=1),
    Started(run="a", first_ns=1, from_sample=0),
    Progress(run="a", from_sample=0, played_samples=48_000, underruns=0),
    Ended(run="a", cause=Cause.FAILED, trouble=Trouble.LATE, detail="Đã quá giờ"),
    Rejected(reason="x"),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_survives_the_wire(command: Command) -> None:
    assert decode_command(encode(command)) == command


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_survives_the_wire(event: Event) -> None:
    assert decode_event(encode(event)) == event


def test_every_message_is_one_line() -> None:
    lines = [encode(message) for message in [*COMMANDS, *EVENTS]]
    assert all(line.count(b"\n") == 1 and line.endswith(b"\n") for line in lines)


def test_unknown_fields_are_ignored() -> None:
    assert decode_command(b'{"type":"volume","db":-3,"mood":"calm"}') == Volume(db=-3.0)


@pytest.mark.parametrize(
    "line",
    [
        b'{"type":"stop","run":"../../etc/passwd"}',
        b'{"type":"stop","run":".hidden"}',
        b'{"type":"stop","run":"a\\n"}',
        b'{"type":"stop","run":"a","fade_ms":1001}',
        b'{"type":"volume","db":3}',
        b'{"type":"volume","db":NaN}',
        b'{"type":"play","run":"a","path":"p","sha256":"short"}',
        b'{"type":"ready","pid":1}',
        b'{"type":"explode"}',
        b"{}",
        b"\xff\xfe",
        b"[" * 10_000,
    ],
)
def test_a_command_that_makes_no_sense_is_refused(line: bytes) -> None:
    with pytest.raises(LineError):
        decode_command(line)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_a_line_error(line: bytes) -> None:
    for decode in (decode_command, decode_event):
        with contextlib.suppress(LineError):
            decode(line)


def test_an_endless_line_comes_in_bounded_pieces() -> None:
    stream = io.BytesIO(b"x" * (3 * MAX_LINE) + b"\n" + encode(Quit()))
    pieces = list(read_lines(stream))
    assert max(map(len, pieces)) <= MAX_LINE
    assert decode_command(pieces[-1]) == Quit()
