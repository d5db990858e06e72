"""Recordings by their sha256: for stations with their secret, for people who may hear them."""

import base64
import hashlib

import pytest

from controller import bulletins, stations
from controller.media.disk import DiskMedia
from controller.model import Airing, Bulletin
from controller.store import Store
from tests.controller.village import NOW, Village
from tests.web.browser import Browser
from tests.web.writing import SOUND, approved, recording_of, sent

URL = f"/media/{hashlib.sha256(SOUND).hexdigest()}.ogg"


@pytest.fixture
def secret(store: Store, village: Village) -> str:
    """Of the station `loa-1`."""
    with store.writing() as session:
        return stations.register(
            session, None, village.suoi_may, "Loa", now=NOW, code="loa-1"
        ).secret


@pytest.fixture
def kept(store: Store, media: DiskMedia, village: Village) -> str:
    return sent(store, media, village)


def as_station(name: str, secret: str) -> dict[str, str]:
    word = base64.b64encode(f"{name}:{secret}".encode()).decode()
    return {"Authorization": f"Basic {word}"}


def test_a_station_fetches_the_whole_file(browser: Browser, kept: str, secret: str) -> None:
    answer = browser.get(URL, headers=as_station("loa-1", secret))
    assert (answer.status_code, answer.data) == (200, SOUND)
    assert answer.mimetype == "audio/ogg"
    assert answer.headers["ETag"] == f'"{URL[7:71]}"'
    assert "immutable" in answer.headers["Cache-Control"]
    assert "public" not in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


def test_a_broken_download_goes_on_where_it_ended(browser: Browser, kept: str, secret: str) -> None:
    half = {**as_station("loa-1", secret), "Range": "bytes=5000-", "If-Range": f'"{URL[7:71]}"'}
    answer = browser.get(URL, headers=half)
    assert (answer.status_code, answer.data) == (206, SOUND[5000:])
    assert answer.headers["Content-Range"] == f"bytes 5000-{len(SOUND) - 1}/{len(SOUND)}"
    other = browser.get(URL, headers={**half, "If-Range": '"another"'})
    assert (other.status_code, other.data) == (200, SOUND)
    beyond = browser.get(URL, headers={**as_station("loa-1", secret), "Range": "bytes=999999-"})
    assert beyond.status_code == 416


def test_a_file_that_is_held_already_is_not_sent(browser: Browser, kept: str, secret: str) -> None:
    held = {**as_station("loa-1", secret), "If-None-Match": f'"{URL[7:71]}"'}
    assert browser.get(URL, headers=held).status_code == 304


@pytest.mark.parametrize(("name", "word"), [("loa-1", "sai"), ("loa-9", "sai"), ("", "")])
def test_a_wrong_secret_is_told(
    browser: Browser, kept: str, secret: str, name: str, word: str
) -> None:
    answer = browser.get(URL, headers=as_station(name, word))
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize("name", ["0" * 64, "../tt", "..%2F..%2Ftt", "A" * 64])
def test_what_is_not_there_is_not_found(browser: Browser, secret: str, name: str) -> None:
    answer = browser.get(f"/media/{name}.ogg", headers=as_station("loa-1", secret))
    assert answer.status_code == 404


def test_the_author_hears_and_another_commune_does_not(
    officer: Browser, stranger: Browser, kept: str
) -> None:
    assert officer.get(URL).data == SOUND
    assert stranger.get(URL).status_code == 404


def test_what_was_aired_can_still_be_heard_after_an_edit(
    officer: Browser, store: Store, media: DiskMedia, village: Village
) -> None:
    decision = approved(store, media, village)
    sound = recording_of(store, decision.bulletin_id)
    with store.writing() as session:
        bulletin = session.get_one(Bulletin, decision.bulletin_id)
        session.add(
            Airing(
                id="airing-1",
                bulletin_id=bulletin.id,
                approval_id=decision.id,
                recording_sha256=sound,
                cls=3,
                starts_at=NOW,
                ends_at=NOW,
                targets=[village.suoi_may],
                state="closed",
            )
        )
        draft = village.draft(text="Lời khác hẳn.")
        bulletins.edit(session, village.officer, bulletin.id, bulletin.version, draft, now=NOW)
    assert recording_of(store, decision.bulletin_id) == ""
    assert officer.get(URL).data == SOUND
