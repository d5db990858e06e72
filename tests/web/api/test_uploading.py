"""Programs upload a sound, which goes the way of every upload; what was declared is told."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from controller import voicing
from controller.media.disk import DiskMedia
from controller.model import AuditLine
from controller.store import Store
from controller.voice.process import ProcessVoice
from tests.controller.village import NOW, Village
from tests.web.api.program import API, Program, program
from tests.web.api.test_acting import DAILY, done, submitted
from tests.web.browser import Browser
from tests.web.test_uploads import mp3
from web.api.operations import FILE_BYTES


@pytest.fixture
def writer(browser: Browser, village: Village) -> Program:
    return program(browser.app, village.officer, village.suoi_may)


@pytest.fixture
def empty(writer: Program, village: Village) -> str:
    """Where an audio bulletin waits for its sound."""
    place = village.suoi_may
    body = {"area_id": place, "title": "Thông báo", "targets": [place], "rule": DAILY}
    made = done(writer, "/bulletins", kind="audio", **body)
    assert made["kind"] == "audio"
    return f"/bulletins/{made['id']}"


def upload(
    who: Program,
    path: str,
    content: bytes,
    *,
    query: str = "version=1&name=thong-bao.mp3",
    act: str = "",
    kind: str = "application/octet-stream",
) -> TestResponse:
    headers = {
        "Authorization": f"Bearer {who.secret}",
        "Idempotency-Key": act or uuid4().hex,
        "Content-Type": kind,
    }
    return who.client.post(f"{API}{path}/audio?{query}", data=content, headers=headers)


def originals(media: DiskMedia) -> list[Any]:
    return [each for each in (media.recordings.parent / "originals").iterdir() if each.is_file()]


def test_a_sound_is_uploaded_once_and_becomes_a_recording(
    *, writer: Program, empty: str, store: Store, media: DiskMedia, tmp_path: Any
) -> None:
    sound = mp3(tmp_path)
    first, again = (upload(writer, empty, sound, act="act-1") for _ in range(2))
    assert first.status_code == 200, first.text
    assert first.data == again.data
    told = first.get_json()
    assert (told["original_name"], told["version"]) == ("thong-bao.mp3", 2)
    other = upload(writer, empty, sound + b"x", act="act-1")
    assert other.get_json()["type"] == "urn:truyen-thanh:problem:other-act"
    assert done(writer, f"{empty}/voice", version=2)["state"] == "voicing"
    voice = ProcessVoice(media.recordings, default="espeak")
    assert voicing.work(store, voice, media, lambda: NOW)
    ready = writer.get(empty).get_json()
    assert ready["recording"], ready["voice_problem"]
    assert writer.get(f"{empty}/recording").status_code == 200
    with store.reading() as session:
        lines = session.scalars(select(AuditLine).where(AuditLine.action == "bulletin.attach"))
        assert len(lines.all()) == 1


def test_a_file_that_is_no_sound_is_told_of_as_on_the_page(
    writer: Program, empty: str, store: Store, media: DiskMedia
) -> None:
    assert upload(writer, empty, b"MZ\x90\x00" + b"\x00" * 4_000).status_code == 200
    done(writer, f"{empty}/voice", version=2)
    voice = ProcessVoice(media.recordings, default="espeak")
    voicing.work(store, voice, media, lambda: NOW)
    assert "không phải tệp âm thanh" in writer.get(empty).get_json()["voice_problem"]


def test_what_is_refused_is_told_and_leaves_nothing(
    *, writer: Program, empty: str, browser: Browser, village: Village, media: DiskMedia
) -> None:
    stranger = program(browser.app, village.stranger, village.na_may)
    looker = program(browser.app, village.auditor, village.province)
    assert upload(stranger, empty, b"x").status_code == 404
    assert upload(looker, empty, b"x").status_code == 404
    assert upload(writer, empty, b"x", kind="audio/mpeg").status_code == 400
    assert upload(writer, empty, b"x", query="name=a").status_code == 400
    assert upload(writer, empty, b"x", query="version=1&version=2").status_code == 400
    assert upload(writer, empty, b"x" * (FILE_BYTES + 1)).status_code == 413
    assert originals(media) == []
    late = upload(writer, empty, b"x", query="version=7")
    assert late.get_json()["type"] == "urn:truyen-thanh:problem:edit-conflict"


def test_an_empty_text_is_still_refused(writer: Program, village: Village) -> None:
    place = village.suoi_may
    body = {"area_id": place, "targets": [place], "rule": DAILY}
    answer = writer.post("/bulletins", body)
    assert answer.status_code == 422
    assert "text" in [each["field"] for each in answer.get_json()["errors"]]


def test_what_was_declared_is_told(writer: Program, store: Store, village: Village) -> None:
    waiting = submitted(writer, store, village)
    declared = writer.get(f"/bulletins/{waiting['id']}").get_json()["declared"]
    assert (declared["behalf"], declared["organisation"]) == ("own", "")
    assert declared["by"] == village.officer.person_id
    assert declared["words"] == []
    listed = writer.get("/bulletins").get_json()["items"]
    assert listed[0]["declared"] == declared
