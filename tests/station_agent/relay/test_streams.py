"""What the receiving child makes of servers: radio as it is sent, and all that is no radio."""

import socket
from collections.abc import Iterator

import numpy as np
import pytest

from station_agent.relay.decoding import received
from station_agent.relay.errors import StreamError
from tests.fakes.stream import Radio, encoded, with_titles
from tests.station_agent.player.recordings import Samples, likeness, speech_like

PROGRAMME = speech_like(2, seed=5)
MP3 = encoded(PROGRAMME)
EVERY = len(MP3) // 8 + 1


@pytest.fixture
def radio() -> Iterator[Radio]:
    found = Radio(MP3, 2.0)
    yield found
    found.close()


def heard(url: str) -> Samples:
    samples = np.frombuffer(b"".join(received(url)), "<i2")
    return (samples / 32_768).astype(np.float32)


@pytest.mark.parametrize("codec", ["libmp3lame", "aac", "libopus"])
def test_a_stream_is_heard_as_it_was_sent(radio: Radio, codec: str) -> None:
    radio.body = encoded(PROGRAMME, codec)
    assert likeness(heard(radio.url), PROGRAMME)[0] >= 0.97


def test_the_older_answer_of_shoutcast_is_understood(radio: Radio) -> None:
    radio.greeting = b"ICY 200 OK\r\nicy-name: X\r\nContent-Type: audio/mpeg\r\n\r\n"
    assert likeness(heard(radio.url), PROGRAMME)[0] >= 0.97


@pytest.mark.parametrize("greeting", [b"ICY 200 OK", b"HTTP/1.0 200 OK"])
def test_titles_between_the_sound_are_not_heard(radio: Radio, greeting: bytes) -> None:
    plain = heard(radio.url)
    radio.greeting = greeting + b"\r\nicy-metaint: %d\r\n\r\n" % EVERY
    radio.body = with_titles(MP3, EVERY)
    np.testing.assert_array_equal(heard(radio.url), plain)


@pytest.mark.parametrize("interval", ["-1", "x", "99999999"])
def test_an_impossible_distance_between_titles_is_refused(radio: Radio, interval: str) -> None:
    radio.greeting = f"ICY 200 OK\r\nicy-metaint: {interval}\r\n\r\n".encode()
    with pytest.raises(StreamError, match="tên bài"):
        heard(radio.url)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (bytes(range(256)) * 400, "không phát được"),
        (b"#EXTM3U\n#EXTINF:5,\nfile:///etc/passwd\n", "không phát được"),
        (b"", "không phát được"),
        (encoded(PROGRAMME, "flac"), "flac"),
    ],
    ids=["garbage", "playlist", "nothing", "codec"],
)
def test_what_is_no_radio_is_refused(radio: Radio, body: bytes, said: str) -> None:
    radio.body = body
    with pytest.raises(StreamError, match=said):
        heard(radio.url)


def test_headers_without_end_are_refused(radio: Radio) -> None:
    radio.headers = 500
    with pytest.raises(StreamError, match="nối"):
        heard(radio.url)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.2:1/live", "file:///etc/passwd", "http://[", "gopher://127.0.0.1/"]
)
def test_a_redirect_leads_to_the_granted_host_or_nowhere(radio: Radio, address: str) -> None:
    radio.moved_to = address
    with pytest.raises(StreamError, match="chuyển sang"):
        heard(radio.url)


def test_redirects_that_go_round_end(radio: Radio) -> None:
    radio.moved_to = radio.url
    with pytest.raises(StreamError, match="302"):
        heard(radio.url)
    assert radio.listeners == 4


def test_a_name_that_leads_into_a_private_network_is_refused_and_nobody_is_asked(
    radio: Radio,
) -> None:
    with pytest.raises(StreamError, match="mạng riêng"):
        heard(radio.url.replace("127.0.0.1", "localhost"))
    with pytest.raises(StreamError, match="mạng riêng"):  # another way to write 127.0.0.1
        heard(radio.url.replace("127.0.0.1", "127.1"))
    assert radio.listeners == 0


def test_a_closed_door_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(StreamError, match="nối"):
        heard(f"http://127.0.0.1:{port}/live")
