"""For whom a notice is sent, and whether it sells something."""

import pytest

from controller import advertising, bulletins, declaring
from controller.declaring import FACTS, OURS, Behalf, Declared, Fact
from controller.errors import Invalid
from controller.model import Field
from controller.store import Store
from tests.controller.test_bulletins import ready
from tests.controller.village import NOW, settle

SCHOOL = Declared(
    behalf=Behalf.ENROLMENT, organisation="Trường Trung cấp Mây Cao", no_advertising=True
)
FACTORY = Declared(
    behalf=Behalf.RECRUITMENT,
    organisation="Xưởng may Suối Mây",
    told=tuple(Fact),
    no_advertising=True,
)


def wrong(declared: Declared, *words: str) -> dict[str, str]:
    found = declaring.problems(declaring.tidied(declared), words)
    return {each.field: each.message for each in found}


@pytest.mark.parametrize("good", [OURS, SCHOOL, FACTORY])
def test_what_may_be_announced(good: Declared) -> None:
    assert wrong(good) == {}


def test_anything_else_of_outsiders_is_refused_with_the_source_of_the_rule() -> None:
    told = wrong(Declared(behalf=Behalf.OTHER, organisation="Cửa hàng", no_advertising=True))
    assert list(told) == ["behalf"]
    for source in ("Quyết định 29/2021/QĐ-UBND", "Nghị định 49/2024/NĐ-CP", "tuyển dụng"):
        assert source in told["behalf"]


@pytest.mark.parametrize("missing", list(Fact))
def test_a_recruitment_without_one_of_its_facts_is_told_which(missing: Fact) -> None:
    told = tuple(fact for fact in Fact if fact is not missing)
    declared = Declared(
        behalf=Behalf.RECRUITMENT, organisation="Xưởng", told=told, no_advertising=True
    )
    assert FACTS[missing] in wrong(declared)["told"]
    assert [text for text in FACTS.values() if text in wrong(declared)["told"]] == [FACTS[missing]]


def test_an_outsider_has_a_name_and_nothing_to_sell() -> None:
    nobody = Declared(behalf=Behalf.CHARITY, organisation="  ")
    assert set(wrong(nobody)) == {"organisation", "no_advertising"}
    assert set(wrong(OURS, "khuyến mại")) == {"no_advertising"}


def test_what_the_kind_does_not_ask_is_not_kept() -> None:
    assert declaring.tidied(Declared(organisation="x", told=tuple(Fact))) == OURS


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chương trình KHUYẾN MÃI lớn, giá sốc!", ["KHUYẾN MÃI", "giá sốc"]),
        ("Bán đàn lợn giá 60.000 đồng, liên hệ anh Páo", ["60.000 đồng", "liên hệ"]),
        ("Giá lúa hôm nay 8.000 đồng một kg.", []),
        ("Nộp phí vệ sinh 20.000 đồng tại nhà văn hóa thôn.", []),
        ("Đánh giá cán bộ cuối năm; đấu giá đất công ích.", []),
        ("Thanh toán tiền điện trước ngày 25.", []),
        ("Mua 2 tặng 1, freeship", ["Mua 2 tặng 1", "freeship"]),
    ],
)
def test_words_of_advertising_are_named_as_they_stand(text: str, found: list[str]) -> None:
    assert advertising.words(text) == found


def test_nothing_is_sent_without_a_field_and_the_sender_may_choose_it_then(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = ready(session, v)
        bulletin.field = Field.UNSAID
        session.flush()
        with pytest.raises(Invalid) as refused:
            bulletins.submit(session, v.officer, bulletin.id, 1, acknowledged=(), now=NOW)
        assert "send_field" in refused.value.by_field()
        bulletins.submit(
            session, v.officer, bulletin.id, 1, acknowledged=(), field=Field.KNOWLEDGE, now=NOW
        )
        assert bulletin.field == Field.KNOWLEDGE


def test_the_record_keeps_for_whom_it_was_sent_by_whom(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = ready(session, v)
        bulletins.submit(
            session, v.officer, bulletin.id, 1, acknowledged=(), declared=SCHOOL, now=NOW
        )
        kept = bulletin.declared or {}
        assert (kept["behalf"], kept["organisation"]) == ("enrolment", SCHOOL.organisation)
        assert (kept["by"], kept["words"]) == (v.officer.person_id, [])
