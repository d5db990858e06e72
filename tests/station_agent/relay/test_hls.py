"""HTTP Live Streaming: lists are read by ourselves, segments come from the granted host alone."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.errors import Unreadable
from contract.playlist import leanest, read_playlist
from contract.segments import Segments, untagged
from station_agent.relay.decoding import received
from station_agent.relay.errors import StreamError
from station_agent.relay.opening import fetched
from station_agent.relay.pace import AHEAD_S, paced
from tests.fakes.folder_server import served
from tests.fakes.hls import adts_frames, listed, tagged, write_hls
from tests.fakes.stream import encoded
from tests.station_agent.player.recordings import Samples, likeness, speech_like

URL = "http://vov.example/vov1/live.m3u8"
PROGRAMME = speech_like(3.5, seed=5)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    with served(folder) as found:
        yield found


def heard(url: str) -> Samples:
    samples = np.frombuffer(b"".join(received(url)), "<i2")
    return (samples / 32_768).astype(np.float32)


def assert_is_the_programme(sound: Samples, seconds: float) -> None:
    """All of it from somewhere on, but for what a codec adds at its beginning."""
    assert len(sound) >= seconds * 48_000
    padded = np.concatenate([np.zeros(48_000, np.float32), PROGRAMME, np.zeros(48_000, np.float32)])
    _, begin = likeness(padded, sound)
    assert likeness(padded[begin : begin + len(sound)], sound)[0] >= 0.95


def test_a_stream_of_ts_segments_is_heard_from_shortly_before_its_end(
    folder: Path, address: str
) -> None:
    write_hls(folder, PROGRAMME)
    segments = len(list(folder.glob("*.ts")))
    assert segments == 4
    assert_is_the_programme(heard(f"{address}/live.m3u8"), 2.0)


def test_segments_of_another_host_are_heard_when_it_was_granted(folder: Path, address: str) -> None:
    write_hls(folder, PROGRAMME)
    elsewhere = address.replace("127.0.0.1", "localhost")
    with served(folder, "127.0.0.2") as other:
        (folder / "main.m3u8").write_text(
            f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=64000\n{other}/live.m3u8\n"
        )
        blocks = received(f"{address}/main.m3u8", ["127.0.0.2"])
        sound = np.frombuffer(b"".join(blocks), "<i2") / 32_768
        assert_is_the_programme(sound.astype(np.float32), 2.0)
    variant = f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=64000\n{elsewhere}/live.m3u8\n"
    (folder / "main.m3u8").write_text(variant)
    with pytest.raises(StreamError, match="không được duyệt: localhost"):
        heard(f"{address}/main.m3u8")
    with pytest.raises(StreamError, match="mạng riêng"):  # granted by name: still nobody's inside
        list(received(f"{address}/main.m3u8", ["localhost"]))


def test_the_leanest_variant_of_packed_audio_is_heard_without_its_tags(
    folder: Path, address: str
) -> None:
    frames = adts_frames(encoded(PROGRAMME, "aac"))
    for n in range(3):
        part = frames[n * 55 : (n + 1) * 55]
        (folder / f"{n}.aac").write_bytes(tagged(b"".join(part)))
    (folder / "lean.m3u8").write_text(listed(["0.aac", "1.aac", "2.aac"], 7, "#EXT-X-ENDLIST"))
    variants = ["#EXTM3U", "#EXT-X-STREAM-INF:CODECS=x,BANDWIDTH=900000", "rich.m3u8"]
    variants += ["#EXT-X-STREAM-INF:BANDWIDTH=64000,CODECS=x", "lean.m3u8"]
    (folder / "main.m3u8").write_text("\n".join(variants))
    assert_is_the_programme(heard(f"{address}/main.m3u8"), 3.0)


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "http://127.0.0.2:1/a.ts", "//localhost/a.ts", "http://[/a.ts"]
)
def test_segments_come_from_the_granted_host_or_not_at_all(
    folder: Path, address: str, link: str
) -> None:
    (folder / "live.m3u8").write_text(listed([link]))
    with pytest.raises(StreamError, match="chuyển sang"):
        heard(f"{address}/live.m3u8")


def test_a_file_that_is_too_large_is_refused(folder: Path, address: str) -> None:
    (folder / "a.ts").write_bytes(bytes(100))
    assert fetched("127.0.0.1", f"{address}/a.ts", 100) == bytes(100)
    with pytest.raises(StreamError, match="quá lớn"):
        fetched("127.0.0.1", f"{address}/a.ts", 99)


class Server:
    """A live stream whose list holds four segments and moves on while its client waits."""

    def __init__(self) -> None:
        self.latest, self.waited_s = 103, 0.0

    def fetch(self, url: str, most: int) -> bytes:
        assert most > 0
        if url == URL:
            first = self.latest - 3
            return listed([f"{n}.ts" for n in range(first, first + 4)], first).encode()
        return url.rpartition("/")[2].encode()

    def wait(self, seconds: float) -> None:
        self.waited_s += seconds
        if self.waited_s % 2 == 0:
            self.latest += 1


def test_each_segment_is_read_once_as_it_appears() -> None:
    server = Server()
    segments = Segments(URL, server.fetch, server.wait)
    assert [segments.read(99) for _ in range(6)] == [b"%d.ts" % n for n in range(101, 107)]
    assert server.waited_s == 6.0


def test_a_client_that_was_away_goes_on_where_the_list_begins() -> None:
    server = Server()
    segments = Segments(URL, server.fetch, server.wait)
    assert [segments.read(99) for _ in range(3)][-1] == b"103.ts"
    server.latest = 150
    assert segments.read(99) == b"147.ts"


def test_a_server_that_counts_anew_is_joined_before_its_end() -> None:
    server = Server()
    segments = Segments(URL, server.fetch, server.wait)
    assert segments.read(99) == b"101.ts"
    assert segments.read(99) + segments.read(99) == b"102.ts103.ts"
    server.latest = 4
    assert segments.read(99) == b"2.ts"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Không đọc được"),
        ("<html>", "Không đọc được"),
        ("#EXTM3U\nhttp://vov.example/live\n", "không phải của một luồng"),
        (listed(["a.ts"], over="#EXT-X-KEY:METHOD=AES-128,URI=k"), "có khoá"),
        (listed(["a.mp4"], over='#EXT-X-MAP:URI="a"'), "không gồm"),
        (listed(["a.ts"] * 3_000), "quá dài"),
    ],
)
def test_what_cannot_be_relayed_is_told(text: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_playlist(text, URL)


lines = st.sampled_from(["#EXTM3U", "#EXT-X-TARGETDURATION:4", "a.ts", "#EXTINF:x", "http://["])


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(st.one_of(lines, st.text())).map("\n".join)))
def test_any_text_is_a_list_or_is_refused(text: str) -> None:
    for read in (read_playlist, leanest):
        try:
            read(text, URL)
        except Unreadable:
            continue


@given(st.binary(max_size=40))
def test_a_tag_is_taken_off_whatever_is_cut(data: bytes) -> None:
    assert data.endswith(untagged(data))
    assert untagged(tagged(data)) == data


def test_what_comes_in_files_is_given_at_the_pace_of_its_time() -> None:
    now = [100.0]

    def wait(seconds: float) -> None:
        now[0] += seconds

    given = paced(iter([bytes(96_000)] * 10), lambda: now[0], wait)
    assert [now[0] - 100.0 for _ in given] == [max(0.0, n - AHEAD_S) for n in range(10)]
