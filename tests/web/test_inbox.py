"""The inbox page: a commune's officer broadcasts what came from above, or says why not."""

import pytest
from sqlalchemy import select

from contract.states import BulletinState
from controller.media.disk import DiskMedia
from controller.model import Area, AuditLine, Bulletin
from controller.store import Store
from tests.controller.village import Village
from tests.web.browser import Browser
from tests.web.writing import approved, look, recording_of


@pytest.fixture
def sent_down(store: Store, media: DiskMedia, village: Village) -> str:
    """The id of an approved bulletin of the khu vực, for all of it."""
    made = approved(store, media, village, title="Phòng rét cho trâu bò").bulletin_id
    with store.writing() as session:
        row = session.get_one(Bulletin, made)
        row.area_id, row.targets = village.zone, [village.zone]
    return str(made)


def test_it_waits_in_my_work_and_becomes_a_bulletin_of_the_commune(
    officer: Browser, store: Store, sent_down: str, village: Village
) -> None:
    home = officer.get("/").text
    assert "Hộp tin cấp trên" in home
    assert "Khu vực Thượng nguồn gửi Xã Suối Mây" in home
    page = f"/hop-tin/{sent_down}?xa={village.suoi_may}"
    assert page in home
    assert officer.get(f"/media/{recording_of(store, sent_down)}.ogg").status_code == 200
    answer = officer.fill(page, f"/hop-tin/{sent_down}/phat", {})
    copy = look(store, answer.location.rpartition("/")[2])
    assert (copy.area_id, copy.state) == (village.suoi_may, BulletinState.READY)
    assert "Gửi duyệt" in officer.get(answer.location).text
    assert page not in officer.get("/").text
    assert answer.location in officer.get("/hop-tin/").text
    late = officer.post(f"/hop-tin/{sent_down}/phat", {"area": village.suoi_may})
    assert "không còn chờ chọn" in officer.get(late.location).text


def test_it_is_declined_with_a_reason_that_the_sender_reads(
    officer: Browser, browser: Browser, sent_down: str, village: Village
) -> None:
    page, declined = f"/hop-tin/{sent_down}", f"/hop-tin/{sent_down}/khong-phat"
    assert officer.fill(page, declined, {}).status_code == 422
    officer.fill(page, declined, {"chosen": "Không còn giờ phát"})
    assert "Không còn giờ phát" in officer.get("/hop-tin/").text
    staff = browser.signed_in(village.staff)
    told = staff.get(f"/ban-tin/{sent_down}").text
    assert "2 nơi tự chọn phát hay không trong hộp tin của mình, 1 nơi đã trả lời" in told
    assert "<strong>Xã Suối Mây</strong>: không phát, Không còn giờ phát" in told


def test_nobody_else_sees_what_is_in_the_inbox(
    browser: Browser, stranger: Browser, store: Store, sent_down: str, village: Village
) -> None:
    with store.writing() as session:
        session.get_one(Bulletin, sent_down).targets = [village.suoi_may]
    for person in (stranger, browser.signed_in(village.staff)):
        assert person.get(f"/hop-tin/{sent_down}").status_code == 404
        assert person.post(f"/hop-tin/{sent_down}/phat", {}).status_code == 404
    assert stranger.get(f"/media/{recording_of(store, sent_down)}.ogg").status_code == 404


def test_which_places_choose_is_decided_by_who_manages_them(
    browser: Browser, officer: Browser, store: Store, village: Village, nudges: list[object]
) -> None:
    manager = browser.signed_in(village.administrator)
    page = "/hop-tin/noi-tu-chon"
    manager.fill(page, page, {"inbox": [village.na_may]})
    with store.reading() as session:
        found = dict(session.execute(select(Area.id, Area.inbox)).all())
        told = session.scalars(select(AuditLine.object_id).where(AuditLine.action == "area.inbox"))
        assert told.all() == [village.suoi_may]
    assert (found[village.na_may], found[village.suoi_may]) == (True, False)
    assert len(nudges) == 1
    assert officer.get(page).status_code == 404
    assert officer.post(page, {}).status_code == 404
