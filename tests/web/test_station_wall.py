"""The wall of tiles and the map: how each station stands, for who may see it."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import update

from controller import stations
from controller.alarms import sound_alarm
from controller.model import Area, StationState
from controller.store import Store
from controller.wall import Stand
from tests.controller.village import NOW, Village
from tests.web.browser import Browser
from web.wall_stream import EVERY_S, LASTS_S, RIGHTS_S, Stream


@pytest.fixture
def posts(store: Store, village: Village) -> dict[str, str]:
    """By how they stand, and one of Nà Mây."""
    with store.writing() as session:
        found = {
            name: stations.register(session, None, place, name, now=NOW).station.id
            for name, place in (
                ("silent", village.suoi_may),
                ("troubled", village.suoi_may),
                ("playing", village.suoi_may),
                ("ready", village.suoi_may),
                ("strange", village.na_may),
            )
        }
        for name, station in found.items():
            state = session.get_one(StationState, station)
            state.online, state.seen_at = True, NOW - timedelta(minutes=name == "silent" and 9)
        session.get_one(StationState, found["playing"]).on_air = {"airing": "x"}
        sound_alarm(session, "disk_full", "Đầy đĩa.", NOW, found["troubled"])
    return found


def test_each_tile_says_by_mark_and_word_how_its_station_stands(
    officer: Browser, posts: dict[str, str]
) -> None:
    page = officer.get("/tram-loa/tuong/").text
    for stand in Stand:
        assert f'data-station="{posts[stand]}" data-stand="{stand}"' in page
    for word in ("Mất kết nối", "Có sự cố", "Đang phát", "Sẵn sàng"):
        assert word in page
    assert posts["strange"] not in page


def test_who_asks_by_itself_hears_the_same_and_only_what_is_new(
    officer: Browser, posts: dict[str, str]
) -> None:
    answer = officer.get("/tram-loa/tuong/luc-nay")
    own = {posts[stand]: str(stand) for stand in Stand}
    assert answer.json == own
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert officer.client.get("/tram-loa/tuong/luc-nay", headers=tag).status_code == 304


def test_the_stream_tells_all_then_what_changes(
    officer: Browser, store: Store, posts: dict[str, str]
) -> None:
    answer = officer.client.get("/tram-loa/tuong/nguon")
    assert answer.mimetype == "text/event-stream"
    events = told(answer.iter_encoded())
    assert next(events) == {posts[stand]: str(stand) for stand in Stand}
    answer.close()


def test_a_place_out_of_reach_has_no_wall(stranger: Browser, village: Village) -> None:
    for page in ("", "luc-nay", "nguon"):
        url = f"/tram-loa/tuong/{page}?noi={village.suoi_may}"
        assert stranger.get(url).status_code == 404


class Time:
    """Goes on when somebody pauses."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        self.now += seconds


def told(events: Iterator[bytes]) -> Iterator[dict[str, str]]:
    for event in events:
        if event.startswith(b"event: stands"):
            yield json.loads(event.partition(b"data: ")[2])


def test_streams_share_one_reading_and_tell_differences() -> None:
    time, stands, reads = Time(), {"a": ("here", Stand.READY), "b": ("there", Stand.READY)}, []

    def read() -> dict[str, tuple[str, Stand]]:
        reads.append(time())
        return dict(stands)

    stream = Stream(read, most=2, clock=time, pause=time.pause)
    mine = told(stream.events(lambda: frozenset({"here"})))
    other = told(stream.events(lambda: frozenset({"there"})))
    assert (next(mine), next(other)) == ({"a": "ready"}, {"b": "ready"})
    assert len(reads) == 1
    stands["a"] = ("here", Stand.PLAYING)
    assert (next(mine), next(other)) == ({"a": "playing"}, {})
    assert time() >= EVERY_S


def test_a_stream_ends_after_some_minutes_and_with_the_rights_of_who_looks() -> None:
    time = Time()
    stream = Stream(dict, most=1, clock=time, pause=time.pause)
    assert len(list(stream.events(frozenset))) == 1 + LASTS_S / EVERY_S
    rights: list[frozenset[str] | None] = [frozenset(), frozenset(), None]
    *_, last = events = list(stream.events(lambda: rights.pop(0)))
    assert last.startswith(b"event: ended")
    assert len(events) < 4 * RIGHTS_S / EVERY_S


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_place_is_given_back_by_whoever_goes_even_unread(
    officer: Browser, posts: dict[str, str], method: str
) -> None:
    open_ = [officer.client.get("/tram-loa/tuong/nguon") for _ in range(20)]
    refused = getattr(officer.client, method)("/tram-loa/tuong/nguon")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
    open_.pop().close()
    for _ in range(3):
        one = getattr(officer.client, method)("/tram-loa/tuong/nguon")
        assert one.status_code == 200
        one.close()
    for one in open_:
        one.close()


def test_the_map_shows_communes_where_they_lie_and_says_the_same_in_words(
    officer: Browser, store: Store, village: Village, posts: dict[str, str]
) -> None:
    with store.writing() as session:
        session.execute(update(Area).where(Area.id == village.suoi_may).values(code="20333"))
    page = officer.get("/ban-do/").text
    assert "Đặc khu Hoàng Sa" in page  # its inset
    assert "4 cụm loa" in page
    assert "1 mất kết nối" in page
    assert "Nà Mây" not in page


def test_a_commune_without_a_known_place_is_listed(officer: Browser, posts: dict[str, str]) -> None:
    assert "chưa có trên bản đồ" in officer.get("/ban-do/").text


def test_the_country_has_both_archipelagos_under_their_names(officer: Browser) -> None:
    drawn = officer.get("/ban-do/ca-nuoc.svg").text
    for name in (
        "Quần đảo Hoàng Sa",
        "(Thành phố Đà Nẵng)",
        "Quần đảo Trường Sa",
        "(Tỉnh Khánh Hòa)",
    ):
        assert name in drawn


def test_both_names_stand_whole_within_the_picture(officer: Browser) -> None:
    svg = officer.get("/ban-do/ca-nuoc.svg").text
    width = float(svg.split('viewBox="0 0 ')[1].split()[0])
    names = re.findall(r'<text x="([\d.]+)"[^>]*font-size="(\d+)"[^>]*>([^<]+)<', svg)
    assert len(names) == 4
    for middle, size, name in names:
        half = len(name) * float(size) * 0.6 / 2
        assert half <= float(middle) <= width - half, name
