"""A bulletin that takes over another's programme, from its form to what was heard of it."""

import pytest

from contract.states import AiringState, BulletinState, Verdict
from controller import planning, stations
from controller.fleet import read_fleet
from controller.media.disk import DiskMedia
from controller.model import Airing, RelaySource, StationVerdict
from controller.relays import changing
from controller.store import Store
from controller.verdict_ledger import freeze_targets
from tests.controller.relays.radio import ADDRESS, source
from tests.controller.village import NOW, TODAY, Village
from tests.web.browser import Browser, forms
from tests.web.test_bulletins import NEW, id_of
from tests.web.writing import airing_now, approved, look, state_of, voice_it
from web.relay_form import STAND_IN

RELAYED = {"relay": "yes", "field": "1", "minutes": "30", "text": "", "then": "listen"}


@pytest.fixture
def vov(store: Store, village: Village) -> RelaySource:
    with store.writing() as session:
        return source(session, village)


def test_a_relay_is_chosen_voiced_sent_and_approved(
    *,
    officer: Browser,
    approver: Browser,
    store: Store,
    media: DiskMedia,
    village: Village,
    vov: RelaySource,
) -> None:
    page = officer.fill(NEW, "", RELAYED).location
    voice_it(store, media)
    officer.fill(page, f"{page}/gui-duyet", {"listened": "yes"})
    for who, address in ((officer, page), (approver, f"/duyet/{id_of(page)}")):
        shown = who.get(address).text
        for said in ("VOV1", "30 phút 00 giây", ADDRESS, "phát thay khi mất sóng"):
            assert said in shown
    assert "Tiếp sóng" in approver.get("/duyet/").text
    approver.fill(f"/duyet/{id_of(page)}", f"/duyet/{id_of(page)}/dong-y", {})
    bulletin = look(store, id_of(page))
    assert (bulletin.title, bulletin.text) == ("Tiếp sóng VOV1", STAND_IN)
    assert (bulletin.relay_source, bulletin.relay_s) == (vov.id, 1_800)
    assert state_of(store, bulletin.id) is BulletinState.APPROVED


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "lâu"}, "minutes"),
        ({"minutes": "999"}, "minutes"),
        ({"source": ""}, "source"),
        ({"source": "none"}, "source"),
        ({"cls": "1"}, "cls"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(
    officer: Browser, vov: RelaySource, changes: dict[str, str], field: str
) -> None:
    answer = officer.fill(NEW, "", {**RELAYED, **changes})
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text
    (form,) = (form for form in forms(answer.text) if "minutes" in form.fields)
    assert (form.fields["relay"], form.fields["minutes"]) == (
        "yes",
        changes.get("minutes", "30"),
    )


def test_an_own_recording_may_stand_in_and_a_slot_may_be_part_of_a_minute(
    officer: Browser, store: Store, vov: RelaySource
) -> None:
    page = officer.fill(NEW, "", {**RELAYED, "minutes": "1,5", "text": "Mất sóng.", "title": "T"})
    bulletin = look(store, id_of(page.location))
    assert (bulletin.relay_s, bulletin.text, bulletin.title) == (90, "Mất sóng.", "T")
    (form,) = (f for f in forms(officer.get(page.location).text) if "minutes" in f.fields)
    assert form.fields["minutes"] == "1,5"


def test_where_there_is_no_source_nobody_is_asked(officer: Browser) -> None:
    assert "Tiếp sóng đài khác" not in officer.get(NEW).text


def test_a_withdrawn_source_is_told_and_cannot_be_sent(
    officer: Browser, store: Store, media: DiskMedia, village: Village, vov: RelaySource
) -> None:
    page = officer.fill(NEW, "", RELAYED).location
    voice_it(store, media)
    with store.writing() as session:
        changing.withdraw(session, village.staff, vov.id, now=NOW)
        other = source(session, village, name="VOV2")
    assert "Nguồn này đã thôi dùng" in officer.get(page).text
    answer = officer.fill(page, f"{page}/gui-duyet", {"listened": "yes"})
    assert answer.status_code == 422
    assert "không còn dùng ở đây" in answer.text
    answer = officer.fill(page, "", {"title": "Tên khác", "then": "keep"})
    assert answer.status_code == 422, "another source is chosen by nobody but the officer"
    assert officer.fill(page, "", {"source": other.id, "then": "keep"}).status_code == 303


def test_what_follows_without_a_gap_is_shown_as_one_session(
    officer: Browser, store: Store, media: DiskMedia, village: Village, vov: RelaySource
) -> None:
    approved(store, media, village, relay_source=vov.id, relay_s=600, title="Tiếp sóng VOV1")
    approved(store, media, village, title="Nhạc hiệu")
    with store.writing() as session:
        stations.register(session, None, village.suoi_may, "Loa số 1", now=NOW)
        planning.reconcile(session, read_fleet(session, TODAY), NOW)
    shown = officer.get("/dang-phat/").text
    assert "Buổi phát 23/11/2026 17:00 – 17:10:00, 2 phần nối liền nhau" in shown
    assert shown.index("Nhạc hiệu") < shown.index("Tiếp sóng VOV1")
    assert "17:00:01 – 17:10:00" in shown


def test_what_was_heard_is_told_on_the_airing_and_on_the_bulletin(
    officer: Browser, store: Store, media: DiskMedia, village: Village, vov: RelaySource
) -> None:
    decision = approved(store, media, village, relay_source=vov.id, relay_s=1_800)
    with store.writing() as session:
        post = stations.register(session, None, village.suoi_may, "Loa số 1", now=NOW).station.id
    airing = airing_now(store, decision, village.suoi_may, AiringState.PLANNED)
    with store.writing() as session:
        freeze_targets(session, session.get_one(Airing, airing), read_fleet(session, TODAY), NOW)
        row = session.get_one(StationVerdict, (airing, post))
        row.verdict, row.cause = Verdict.AIRED, "finished"
        row.started_at = row.ended_at = NOW
        row.relayed_samples, row.fallback_samples, row.silent_samples = (
            seconds * 48_000 for seconds in (1_700, 100, 0)
        )
    told = "tiếp sóng 28 phút 20 giây, phát thay 1 phút 40 giây"
    assert told in officer.get(f"/dang-phat/{airing}").text
    assert told in officer.get(f"/tram-loa/{post}/vi-sao/{airing}").text
    assert f"trung bình 1 cụm loa: {told}." in officer.get(f"/ban-tin/{decision.bulletin_id}").text
    assert "Tiếp sóng" in officer.get("/dang-phat/").text
