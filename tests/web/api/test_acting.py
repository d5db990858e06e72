"""What programs do: a bulletin from its first word to the air, each act once."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from contract.states import Class
from controller import voicing
from controller.media.disk import DiskMedia
from controller.model import ApiAnswer, AuditLine, Bulletin, Order, SecondFactor
from controller.store import Store
from tests.controller.air import register
from tests.controller.village import NOW, Village, voiced
from tests.web.api.program import Program, program
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.writing import sent

DAILY = {"pattern": {"kind": "daily"}, "times": ["17:00:00"]}


@pytest.fixture
def writer(browser: Browser, village: Village) -> Program:
    return program(browser.app, village.officer, village.suoi_may)


@pytest.fixture
def decider(browser: Browser, village: Village) -> Program:
    return program(browser.app, village.approver, village.suoi_may)


def new(village: Village, **changes: object) -> dict[str, object]:
    place = village.suoi_may
    text = "Sáng mai trạm y tế tiêm chủng cho trẻ dưới một tuổi."
    return {"area_id": place, "text": text, "targets": [place], "rule": DAILY, **changes}


def done(program: Program, path: str, **body: object) -> dict[str, object]:
    answer = program.post(path, body)
    assert answer.status_code in (200, 201), answer.text
    found: dict[str, object] = answer.get_json()
    return found


def submitted(writer: Program, store: Store, village: Village) -> dict[str, object]:
    made = done(writer, "/bulletins", **new(village))
    url = f"/bulletins/{made['id']}"
    assert done(writer, f"{url}/voice", version=1)["state"] == "voicing"
    sound = voiced()
    with store.writing() as session:
        job = voicing.claim(session, NOW)
        assert job is not None
        voicing.finish(session, job, sound, NOW)
    assert done(writer, f"{url}/listened", recording=sound.sha256)["listened_at"] is not None
    return done(writer, f"{url}/submit", version=1)


def test_a_bulletin_is_written_heard_and_approved(
    writer: Program, decider: Program, store: Store, village: Village
) -> None:
    waiting = submitted(writer, store, village)
    url = f"/bulletins/{waiting['id']}"
    assert writer.post(f"{url}/approve", {"content": waiting["content"]}).status_code == 404
    changed = decider.post(f"{url}/approve", {"content": "0" * 64})
    assert (changed.status_code, changed.get_json()["type"]) == (
        409,
        "urn:truyen-thanh:problem:content-changed",
    )
    assert done(decider, f"{url}/approve", content=waiting["content"])["state"] == "approved"
    assert done(writer, f"{url}/withdraw", version=1)["state"] == "withdrawn"


def test_a_key_does_not_stand_in_for_the_telephone_of_an_approver(
    decider: Program, store: Store, media: DiskMedia, village: Village
) -> None:
    alarm = sent(store, media, village, cls=Class.EMERGENCY, valid_h=2)
    content = decider.get(f"/bulletins/{alarm}").get_json()["content"]
    with store.writing() as session:
        own = village.approver.person_id
        session.add(SecondFactor(person_id=own, secret="A" * 32, last_step=0))
    refused = decider.post(f"/bulletins/{alarm}/approve", {"content": content})
    assert refused.status_code == 409
    assert "mã trên điện thoại" in refused.text


def test_a_bulletin_is_given_back_with_a_reason(
    writer: Program, decider: Program, store: Store, village: Village
) -> None:
    waiting = submitted(writer, store, village)
    back = {"content": waiting["content"], "reason": "Sai giờ phát"}
    assert done(decider, f"/bulletins/{waiting['id']}/give-back", **back)["state"] == "returned"


def test_every_problem_of_a_bulletin_is_told_at_once(writer: Program, village: Village) -> None:
    answer = writer.post("/bulletins", new(village, text="🎉", title="x", voice="x" * 100))
    assert answer.status_code == 422
    assert [each["field"] for each in answer.get_json()["errors"]] == ["text"]
    elsewhere = writer.post("/bulletins", new(village, targets=[village.na_may]))
    assert elsewhere.status_code == 404
    assert writer.post("/readings", {"area_id": village.na_may, "text": "a"}).status_code == 404


def test_the_same_act_again_is_told_the_same_and_done_once(
    writer: Program, store: Store, village: Village
) -> None:
    act = uuid4().hex
    answers = [writer.post("/bulletins", new(village), act) for _ in range(2)]
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].data == answers[1].data
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Bulletin)) == 1
    other = writer.post("/bulletins", new(village, title="Khác"), act)
    assert (other.status_code, other.get_json()["type"]) == (
        422,
        "urn:truyen-thanh:problem:other-act",
    )


def test_a_refused_act_may_be_asked_for_again(
    writer: Program, store: Store, village: Village
) -> None:
    act = uuid4().hex
    assert writer.post("/bulletins", new(village, text="🎉"), act).status_code == 422
    assert writer.post("/bulletins", new(village), act).status_code == 201


def test_another_key_may_give_its_act_the_same_name(
    writer: Program, decider: Program, village: Village
) -> None:
    act = uuid4().hex
    made = [each.post("/bulletins", new(village), act) for each in (writer, decider)]
    assert made[0].get_json()["id"] != made[1].get_json()["id"]


def test_answers_are_forgotten_after_a_day(
    writer: Program, store: Store, village: Village, clock: Clock
) -> None:
    writer.post("/readings", {"area_id": village.suoi_may, "text": "Họp"})
    clock.at = NOW.replace(day=NOW.day + 2)
    writer.post("/readings", {"area_id": village.suoi_may, "text": "Họp"})
    with store.reading() as session:
        assert [row.at for row in session.scalars(select(ApiAnswer))] == [clock.at]


def test_an_act_without_a_name_is_refused(writer: Program, village: Village) -> None:
    answer = writer.post("/bulletins", new(village), "not a name")
    assert answer.status_code == 400
    assert "Idempotency-Key" in answer.get_json()["detail"]


def test_what_a_program_does_stands_in_the_audit_with_its_key(
    writer: Program, store: Store, village: Village
) -> None:
    done(writer, "/bulletins", **new(village))
    with store.reading() as session:
        line = session.scalars(select(AuditLine).order_by(AuditLine.n.desc())).first()
    assert line is not None
    assert (line.action, line.person_id) == ("bulletin.compose", village.officer.person_id)
    assert line.after is not None
    assert line.after["api_key"]


def test_stations_are_silenced_once(
    writer: Program, store: Store, village: Village, media: DiskMedia, nudges: list[object]
) -> None:
    with store.writing() as session:
        (mine,) = register(session, village.suoi_may)
        (theirs,) = register(session, village.na_may)
    assert writer.post("/orders/stop", {"audience": [theirs]}).status_code == 404
    act = uuid4().hex
    for _ in range(2):
        assert writer.post("/orders/stop", {"audience": [mine]}, act).status_code == 200
    assert len(nudges) == 1
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Order)) == 1


def test_a_text_is_read_as_the_voice_would(writer: Program, village: Village) -> None:
    found = done(
        writer, "/readings", area_id=village.suoi_may, text="Họp lúc 19h30 tại UBND xã XQZ."
    )
    assert "mười chín giờ ba mươi" in str(found["spoken"])
    assert found["unknown"] == ["XQZ"]
    assert found["is_faithful"] is True
