"""Writing, hearing and sending a bulletin, as pages without JavaScript."""

from datetime import date, time, timedelta
from io import BytesIO

import pytest

from contract.states import BulletinState
from controller.content import draft_of
from controller.media.disk import DiskMedia
from controller.model import Airing
from controller.store import Store
from scheduler.patterns import MonthlyDays
from scheduler.rules import Rule
from tests.controller.village import NOW, Village
from tests.web.browser import Browser, forms
from tests.web.conftest import Clock
from tests.web.writing import approved, look, sent, state_of, voice_it

TEXT = "Thông báo tiêm chủng\nSáng mai trạm y tế tiêm chủng cho trẻ dưới một tuổi."
NEW = "/ban-tin/soan"


def write(browser: Browser, **changes: object) -> str:
    """The address of a bulletin of which `Nghe thử` was pressed."""
    answer = browser.fill(NEW, "", {"text": TEXT, "field": "1", "then": "listen", **changes})
    assert answer.status_code == 303, answer.text
    return answer.location


def id_of(address: str) -> str:
    return address.rpartition("/")[2]


def test_three_presses_lead_from_text_to_approval(
    officer: Browser, store: Store, media: DiskMedia
) -> None:
    page = write(officer)
    assert "Máy đang đọc bản tin" in officer.get(page).text
    voice_it(store, media)
    assert "Gửi duyệt" in officer.get(page).text
    answer = officer.fill(page, f"{page}/gui-duyet", {"listened": "yes"})
    assert answer.location == page
    assert "Đã gửi duyệt" in officer.get(page).text
    assert state_of(store, id_of(page)) is BulletinState.SUBMITTED


def test_the_heading_becomes_the_title_and_the_commune_the_place(
    officer: Browser, store: Store, village: Village
) -> None:
    bulletin = look(store, id_of(write(officer)))
    assert "tiêm chủng" in bulletin.title.lower()
    assert (bulletin.area_id, bulletin.targets) == (village.suoi_may, [village.suoi_may])


def test_the_next_permitted_slot_is_offered(officer: Browser) -> None:
    (form,) = (form for form in forms(officer.get(NEW).text) if "text" in form.fields)
    assert (form.fields["day"], form.fields["time"]) == ("2026-11-23", "09:10")


def test_the_controller_is_nudged_to_make_the_voice(officer: Browser, nudges: list[object]) -> None:
    write(officer)
    assert len(nudges) == 1


def test_a_draft_can_be_kept_without_a_voice(officer: Browser, store: Store) -> None:
    page = write(officer, then="keep")
    assert state_of(store, id_of(page)) is BulletinState.DRAFT


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"text": ""}, "text", "Nhập nội dung bản tin."),
        ({"text": "🎉🎉🎉"}, "text", "không có chữ nào để đọc"),
        ({"text": "dài " * 50_000}, "text", "tối đa 7.000"),
        ({"day": "2026-11-22"}, "time", "đã qua"),
        ({"day": "hôm nào"}, "day", "không phải là ngày"),
        ({"day": ""}, "day", "Chọn ngày phát."),
        ({"time": "25h"}, "time", "không phải là giờ"),
        ({"time": ""}, "time", "Chọn ít nhất một giờ phát."),
        ({"targets": []}, "targets", "Chọn ít nhất một nơi phát."),
        ({"cls": "7"}, "cls", "Chọn lại loại bản tin."),
        ({"field": "x", "title": "a" * 300}, "title", "tối đa 200"),
        ({"repeat": "weekly"}, "repeat", "Chọn ít nhất một ngày trong tuần."),
        ({"repeat": "every_n_weeks", "weeks": "99", "valid_from": "2026-11-23"}, "weeks", "2 đến"),
        ({"repeat": "daily", "skips": "mai"}, "skips", "không phải là ngày"),
        ({"kind": "audio", "title": "Nhạc"}, "file", "Chọn một tệp âm thanh."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_form_is_kept(
    officer: Browser, changes: dict[str, object], field: str, said: str
) -> None:
    typed = {"text": TEXT, "title": "Tên tôi đặt", "then": "listen", **changes}
    answer = officer.fill(NEW, "", typed)
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text
    assert f'id="{field}"' in answer.text
    assert answer.text.count(said) == 2, "once in the summary, once at the field"
    assert "<title>Lỗi: " in answer.text
    (form,) = (form for form in forms(answer.text) if "text" in form.fields)
    assert form.fields["title"] == typed["title"]
    assert form.fields["text"] == typed["text"]


def test_every_problem_is_told_at_once(officer: Browser) -> None:
    answer = officer.fill(NEW, "", {"text": "", "time": "mai", "then": "listen"})
    assert "Nhập nội dung bản tin." in answer.text
    assert "“mai” không phải là giờ" in answer.text


def test_the_kinds_of_repetition_are_kept_by_the_form(officer: Browser, store: Store) -> None:
    page = write(officer, repeat="weekly", weekdays=["2", "5"], times="17h30", valid_to="")
    (form,) = (form for form in forms(officer.get(page).text) if "text" in form.fields)
    assert form.fields["repeat"] == "weekly"
    assert form.fields["weekdays"] == ["2", "5"]
    assert (form.fields["time"], form.fields["times"]) == ("09:10", "17:30")


def test_days_left_out_are_said_and_given_back(officer: Browser) -> None:
    page = write(officer, repeat="daily", skips="24/12/2026, 2026-12-31")
    shown = officer.get(page).text
    assert "trừ các ngày 24/12/2026 và 31/12/2026" in shown
    (form,) = (form for form in forms(shown) if "text" in form.fields)
    assert form.fields["skips"] == "24/12/2026, 31/12/2026"


def test_a_file_becomes_a_bulletin_named_after_it(
    officer: Browser, store: Store, media: DiskMedia
) -> None:
    file = (BytesIO(b"RIFF"), "Loa xã 12-2026.mp3")
    page = write(officer, kind="audio", text="", file=file)
    voice_it(store, media)
    shown = officer.get(page).text
    assert "Loa xã 12-2026" in shown
    assert "Tiếng hơi nhỏ, đã tăng lên." in shown
    assert look(store, id_of(page)).original_name == "Loa xã 12-2026.mp3"


def test_a_file_must_be_chosen_again_when_something_else_was_wrong(officer: Browser) -> None:
    file = (BytesIO(b"RIFF"), "Loa.mp3")
    answer = officer.fill(NEW, "", {"kind": "audio", "file": file, "time": "mai"})
    assert answer.status_code == 422
    assert '<a href="#file">Hãy chọn lại tệp âm thanh.' in answer.text


def test_unknown_words_are_marked_and_must_be_acknowledged(
    officer: Browser, store: Store, media: DiskMedia
) -> None:
    page = write(officer, text="Trạm y tế xyzq mời bà con.")
    voice_it(store, media)
    assert "máy chưa biết chữ này" in officer.get(page).text
    refused = officer.fill(page, f"{page}/gui-duyet", {"listened": "yes"})
    assert refused.status_code == 422
    assert "Máy chưa chắc cách đọc “xyzq”" in refused.text
    sent_now = officer.fill(page, f"{page}/gui-duyet", {"listened": "yes", "acknowledged": "yes"})
    assert sent_now.status_code == 303
    assert state_of(store, id_of(page)) is BulletinState.SUBMITTED


def test_nothing_is_sent_that_was_not_heard(
    officer: Browser, store: Store, media: DiskMedia
) -> None:
    page = write(officer)
    voice_it(store, media)
    answer = officer.fill(page, f"{page}/gui-duyet", {})
    assert answer.status_code == 422
    assert '<a href="#listened">' in answer.text
    assert answer.text.count("Hãy nghe hết bản ghi âm") == 2
    (form,) = (form for form in forms(answer.text) if "text" in form.fields)
    assert form.action == page, "what is changed now is saved, not sent for approval"


def test_two_people_editing_lose_nothing(
    browser: Browser, officer: Browser, village: Village
) -> None:
    page = write(officer, then="keep")
    colleague = browser.signed_in(village.colleague)
    mine = next(form for form in forms(officer.get(page).text) if "text" in form.fields).fields
    colleague.fill(page, "", {"text": "Bản của Minh", "then": "keep"})
    answer = officer.post(page, {**mine, "text": "Bản của Lan", "then": "keep"})
    assert answer.status_code == 409
    assert "Minh vừa sửa bản tin này" in answer.text
    assert "Bản của Minh" in answer.text
    (form,) = (form for form in forms(answer.text) if "text" in form.fields)
    assert form.fields["text"] == "Bản của Lan"
    again = officer.post(page, {**form.fields, "then": "keep"})
    assert again.status_code == 303


def test_an_edit_after_approval_needs_a_new_one(
    officer: Browser, store: Store, media: DiskMedia, village: Village
) -> None:
    decision = approved(store, media, village)
    page = f"/ban-tin/{decision.bulletin_id}"
    officer.fill(page, "", {"text": "Hoãn tiêm chủng.", "then": "keep"})
    assert state_of(store, decision.bulletin_id) is BulletinState.DRAFT
    assert "Lần duyệt trước không còn hiệu lực" in officer.get(page).text


def test_a_press_without_a_change_voids_nothing(
    officer: Browser, store: Store, media: DiskMedia, village: Village
) -> None:
    decision = approved(store, media, village)
    page = f"/ban-tin/{decision.bulletin_id}"
    officer.fill(page, "", {"then": "listen"})
    assert state_of(store, decision.bulletin_id) is BulletinState.APPROVED
    assert "không còn hiệu lực" not in officer.get(page).text


def test_what_the_form_does_not_ask_outlives_an_edit(
    officer: Browser, store: Store, media: DiskMedia, village: Village
) -> None:
    rule = Rule(
        pattern=MonthlyDays((1, 15)),
        times=(time(17),),
        skips=(date(2027, 1, 1),),
        extras=(NOW + timedelta(days=3),),
    )
    bulletin = sent(store, media, village, rule=rule, voice="espeak")
    officer.fill(f"/ban-tin/{bulletin}", "", {"title": "Tên mới", "then": "keep"})
    kept = draft_of(look(store, bulletin))
    assert (kept.title, kept.rule, kept.voice) == ("Tên mới", rule, "espeak")


def test_a_colleague_from_above_who_mends_a_bulletin_does_not_take_it(
    browser: Browser, officer: Browser, store: Store, media: DiskMedia, village: Village
) -> None:
    bulletin = sent(store, media, village)
    page = f"/ban-tin/{bulletin}"
    staff = browser.signed_in(village.staff)
    staff.fill(page, "", {"title": "Khu vực sửa", "then": "keep"})
    assert look(store, bulletin).area_id == village.suoi_may
    staff.fill(page, "", {"targets": [village.na_may], "then": "keep"})
    assert look(store, bulletin).area_id == village.zone


def test_what_is_typed_into_a_bulletin_taken_back_meanwhile_is_shown(
    browser: Browser, officer: Browser, village: Village
) -> None:
    page = write(officer, then="keep")
    mine = next(form for form in forms(officer.get(page).text) if "text" in form.fields).fields
    browser.signed_in(village.colleague).fill(page, f"{page}/rut", {})
    answer = officer.post(page, {**mine, "text": "Chữ của Lan", "then": "keep"})
    assert answer.status_code == 409
    assert "Không lưu được nữa" in answer.text
    assert "Chữ của Lan" in answer.text


def test_the_page_points_to_the_next_airing_not_to_a_cancelled_or_a_later_one(
    officer: Browser, store: Store, media: DiskMedia, village: Village
) -> None:
    decision = approved(store, media, village)
    with store.writing() as session:
        for day, state in enumerate(["closed", "cancelled", "planned", "planned"], -1):
            session.add(
                Airing(
                    id=f"{state}-{day}",
                    bulletin_id=decision.bulletin_id,
                    approval_id=decision.id,
                    recording_sha256=look(store, decision.bulletin_id).recording_sha256,
                    cls=3,
                    starts_at=NOW + timedelta(days=day),
                    ends_at=NOW + timedelta(days=day, minutes=1),
                    targets=[village.suoi_may],
                    state=state,
                )
            )
    assert "/dang-phat/planned-1" in officer.get(f"/ban-tin/{decision.bulletin_id}").text


def test_a_bulletin_is_taken_back(
    officer: Browser, store: Store, media: DiskMedia, village: Village
) -> None:
    page = f"/ban-tin/{sent(store, media, village)}"
    officer.fill(page, f"{page}/rut", {})
    assert state_of(store, id_of(page)) is BulletinState.WITHDRAWN
    assert "Rút bản tin" not in officer.get(page).text


def test_a_place_outside_ones_own_does_not_exist(officer: Browser, village: Village) -> None:
    answer = officer.fill(NEW, "", {"text": TEXT, "targets": [village.na_may]})
    assert answer.status_code == 404


def test_the_list_shows_ones_own_places_newest_first(
    officer: Browser, stranger: Browser, clock: Clock
) -> None:
    write(officer, title="Tin thứ nhất")
    clock.move(timedelta(seconds=5))
    write(officer, title="Tin thứ hai")
    shown = officer.get("/ban-tin/").text
    assert shown.index("Tin thứ hai") < shown.index("Tin thứ nhất")
    assert "Tin thứ" not in stranger.get("/ban-tin/").text
    assert "Chưa có bản tin nào" in stranger.get("/ban-tin/").text
    assert 'href="/ban-tin/soan"' in stranger.get("/ban-tin/").text


def test_the_start_is_said_back_with_its_lunar_date(officer: Browser) -> None:
    said = officer.get("/ban-tin/luc?day=2026-12-02&time=17:00").text
    assert "17:00 (5 giờ chiều)" in said
    assert "Thứ Tư, 02/12/2026 (24/10 âm lịch)" in said
    assert "giờ" not in officer.get("/ban-tin/luc?day=x&time=y").text


def test_progress_is_asked_for_by_the_page_and_leads_back_without_javascript(
    officer: Browser, store: Store, media: DiskMedia, clock: Clock
) -> None:
    page = write(officer)
    assert '<noscript><meta http-equiv="refresh"' in officer.get(page).text
    assert officer.get(f"{page}/giong").location == page
    polled = {"headers": {"HX-Request": "true"}}
    assert "Thường mất vài giây" in officer.get(f"{page}/giong", **polled).text
    clock.move(timedelta(minutes=2))
    assert "báo kỹ thuật" in officer.get(f"{page}/giong", **polled).text
    voice_it(store, media)
    part = officer.get(f"{page}/giong", **polled).text
    assert "<audio" in part
    assert "<html" not in part
