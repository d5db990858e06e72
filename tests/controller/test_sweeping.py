"""What is let go after its days, and what never is."""

import os
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from controller import bulletins, stations, sweeping
from controller.media.disk import DiskMedia
from controller.model import Alarm, AuditLine, JournalLine, Row
from controller.store import Store
from controller.sweeping import Sweeping
from tests.controller.village import NOW, settle

DAYS = 120


@pytest.fixture
def media(tmp_path: Path) -> DiskMedia:
    return DiskMedia(tmp_path / "media")


def kept(media: DiskMedia, content: bytes, at: datetime) -> Path:
    file = media.original(media.keep_original(BytesIO(content)))
    os.utime(file, (at.timestamp(),) * 2)
    return file


def test_a_file_that_no_row_names_is_let_go_after_a_month(store: Store, media: DiskMedia) -> None:
    old = NOW - sweeping.UNNAMED_KEPT - timedelta(minutes=1)
    unnamed, young = kept(media, b"unnamed", old), kept(media, b"young", NOW)
    of_a_bulletin = kept(media, b"of a bulletin", old)
    broken_off = unnamed.with_name(".coming-abc")
    broken_off.write_bytes(b"half")
    os.utime(broken_off, (old.timestamp(),) * 2)
    with store.writing() as session:
        village = settle(session)
        made = bulletins.compose(session, village.officer, village.draft(), now=NOW)
        found = {"sha256": of_a_bulletin.name, "name": "ban-ghi.mp3"}
        bulletins.attach_audio(session, village.officer, made.id, made.version, **found, now=NOW)
    Sweeping(store, media, DAYS)(NOW)
    assert of_a_bulletin.exists()
    assert young.exists()
    assert not unnamed.exists()
    assert not broken_off.exists()


def test_every_table_that_names_a_file_is_asked() -> None:
    """A file is named by its sha256 and by nothing else."""
    named = {
        f"{table.name}.{column.name}"
        for table in Row.metadata.sorted_tables
        for column in table.columns
        if "sha256" in column.name
    }
    asked = {each for each in named if each.endswith("sha256")}
    assert asked == named
    assert {"bulletin.original_sha256", "bulletin.recorded_sha256"} <= asked


def test_old_lines_go_in_batches_and_nothing_else(
    store: Store, media: DiskMedia, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "BATCH", 10)
    before = NOW - timedelta(days=DAYS)
    with store.writing() as session:
        village = settle(session)
        bulletins.compose(session, village.officer, village.draft(), now=NOW)
        made = stations.register(session, None, village.suoi_may, "Cụm loa 1", now=NOW)
        times = [before + timedelta(seconds=n - 35) for n in range(40)]
        session.add_all(line(made.station.id, n, at) for n, at in enumerate(times))
        session.add(alarm("old", NOW - sweeping.ALARMS_KEPT - timedelta(days=1)))
        session.add(alarm("lately", NOW))
        session.add(alarm("open", None))
        said = session.scalars(select(AuditLine.hash)).all()
    sweep = Sweeping(store, media, DAYS)
    rounds = 1
    while sweep(NOW):
        rounds += 1
    assert rounds == 4
    with store.reading() as session:
        assert set(session.scalars(select(JournalLine.n))) == set(range(35, 40))
        assert set(session.scalars(select(Alarm.code))) == {"lately", "open"}
        assert session.scalars(select(AuditLine.hash)).all() == said


def line(station: str, n: int, at: datetime) -> JournalLine:
    return JournalLine(station_id=station, journal="a", n=n, at=at, type="state", event={})


def alarm(code: str, cleared: datetime | None) -> Alarm:
    at = cleared or NOW - timedelta(days=999)
    return Alarm(code=code, detail="", first_at=at, last_at=at, cleared_at=cleared)
