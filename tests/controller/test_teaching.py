"""What people teach the voice: where it holds, who may, and what is kept of it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from controller import lexicon, teaching
from controller.errors import Invalid, NotFound, WrongState
from controller.model import AuditLine, LexiconEntry
from controller.store import Store
from tests.controller.village import NOW, Village, settle
from tts.normalise import read
from tts.normalise.lexicon import Entry, standard

LATER = NOW + timedelta(hours=1)


def readings(session: Session, area_id: str) -> dict[str, str]:
    entries = lexicon.entries_for(session, area_id, now=LATER)
    return {entry.token: entry.reading for entry in entries}


def province_teaches(session: Session, v: Village, token: str, reading: str) -> None:
    """As somebody of the province would; the village has nobody there who writes."""
    session.add(
        LexiconEntry(
            id=f"{token}-tỉnh",
            area_id=v.province,
            token=token,
            reading=reading,
            next=[],
            previous=[],
            author_id=v.staff.person_id,
            since=NOW,
        )
    )
    session.flush()


def test_what_a_commune_teaches_holds_there_and_not_beside_it(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        teaching.teach(session, v.officer, v.suoi_may, Entry("XQZ", "ích quy"), now=NOW)
        assert readings(session, v.suoi_may) == {"XQZ": "ích quy"}
        assert readings(session, v.na_may) == readings(session, v.zone) == {}


def test_what_is_taught_above_holds_in_every_commune_and_the_nearest_wins(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        province_teaches(session, v, "XQZ", "của tỉnh")
        teaching.teach(session, v.staff, v.zone, Entry("XQZ", "của vùng"), now=NOW)
        teaching.teach(session, v.officer, v.suoi_may, Entry("XQZ", "của xã"), now=NOW)
        province_teaches(session, v, "ABZ", "cũng của tỉnh")
        assert readings(session, v.suoi_may) == {"XQZ": "của xã", "ABZ": "cũng của tỉnh"}
        assert readings(session, v.na_may) == {"XQZ": "của vùng", "ABZ": "cũng của tỉnh"}
        assert readings(session, v.province) == {"XQZ": "của tỉnh", "ABZ": "cũng của tỉnh"}


def said(session: Session, area_id: str, text: str) -> str:
    entries = lexicon.entries_for(session, area_id, now=LATER)
    return read(text, standard().with_entries(entries)).spoken


def test_a_reading_for_some_company_leaves_all_other_company_to_the_area_above(
    store: Store,
) -> None:
    with store.writing() as session:
        v = settle(session)
        teaching.teach(session, v.staff, v.zone, Entry("XQZ", "của vùng"), now=NOW)
        teaching.teach(session, v.officer, v.suoi_may, Entry("XQZ", "của xã", ("thôn",)), now=NOW)
        assert said(session, v.suoi_may, "Đội XQZ thôn và đội XQZ bản.") == (
            "Đội của xã thôn và đội của vùng bản."
        )


def test_a_reading_for_all_company_leaves_nothing_to_the_area_above(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        teaching.teach(session, v.staff, v.zone, Entry("XQZ", "của vùng", ("thôn",)), now=NOW)
        teaching.teach(session, v.officer, v.suoi_may, Entry("XQZ", "của xã"), now=NOW)
        assert said(session, v.suoi_may, "Đội XQZ thôn.") == "Đội của xã thôn."


def test_company_counts_in_any_order_and_however_it_is_capitalised(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        for reading, beside in (("chữ cũ", ("đoàn", "hội")), ("chữ mới", ("Hội", "Đoàn", "đoàn"))):
            entry = Entry("XQZ", reading, beside)
            teaching.teach(session, v.officer, v.suoi_may, entry, now=NOW)
        assert readings(session, v.suoi_may) == {"XQZ": "chữ mới"}
        assert said(session, v.suoi_may, "Họp XQZ Đoàn.") == "Họp chữ mới Đoàn."


def test_of_two_readings_for_the_same_company_the_newest_is_said(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        for reading, beside, at in (("chữ cũ", ("đoàn", "hội"), NOW), ("chữ mới", ("hội",), LATER)):
            entry = Entry("XQZ", reading, beside)
            teaching.teach(session, v.officer, v.suoi_may, entry, now=at)
        assert said(session, v.suoi_may, "Họp XQZ hội.") == "Họp chữ mới hội."


def test_another_reading_ends_the_old_row_and_begins_its_own(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        old = teaching.teach(session, v.officer, v.suoi_may, Entry("XQZ", "cũ"), now=NOW)
        new = teaching.teach(session, v.approver, v.suoi_may, Entry("XQZ", "mới"), now=LATER)
        assert (old.reading, old.until, old.ended_by) == ("cũ", LATER, v.approver.person_id)
        assert (new.since, new.until) == (LATER, None)
        assert lexicon.history(session, new) == [new, old]
        assert readings(session, v.suoi_may) == {"XQZ": "mới"}


def test_teaching_the_same_again_changes_nothing(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        first = teaching.teach(session, v.officer, v.suoi_may, Entry("XQZ", "một chữ"), now=NOW)
        again = teaching.teach(
            session, v.officer, v.suoi_may, Entry(" XQZ ", "một  chữ", ("",)), now=LATER
        )
        assert again is first
        assert lexicon.history(session, first) == [first]


def test_one_token_may_have_a_reading_for_each_company(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        for reading, beside in (("ban chỉ huy", "quân sự"), ("ban chấp hành", "đoàn")):
            entry = Entry("BCX", reading, (beside,))
            teaching.teach(session, v.officer, v.suoi_may, entry, now=NOW)
        found = lexicon.entries_for(session, v.suoi_may, now=NOW)
        assert {(each.reading, each.next) for each in found} == {
            ("ban chỉ huy", ("quân sự",)),
            ("ban chấp hành", ("đoàn",)),
        }


def test_an_entry_can_be_replaced_by_one_of_another_token(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        old = teaching.teach(session, v.officer, v.suoi_may, Entry("XQ", "sai chữ"), now=NOW)
        teaching.teach(
            session,
            v.officer,
            v.suoi_may,
            Entry("XQZ", "đúng chữ"),
            now=LATER,
            instead_of=old.id,
        )
        assert readings(session, v.suoi_may) == {"XQZ": "đúng chữ"}
        with pytest.raises(WrongState, match="vừa được người khác"):
            teaching.teach(
                session, v.officer, v.suoi_may, Entry("XQ", "a"), now=LATER, instead_of=old.id
            )


def test_what_is_forgotten_gives_way_to_the_area_above(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        province_teaches(session, v, "XQZ", "của tỉnh")
        own = teaching.teach(session, v.officer, v.suoi_may, Entry("XQZ", "của xã"), now=NOW)
        teaching.forget(session, v.colleague, own.id, now=LATER)
        assert readings(session, v.suoi_may) == {"XQZ": "của tỉnh"}
        assert (own.until, own.ended_by) == (LATER, v.colleague.person_id)
        with pytest.raises(WrongState):
            teaching.forget(session, v.colleague, own.id, now=LATER)


def test_what_changed_since_is_told_by_the_tokens_of_a_text_in_its_area(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)

        def changed(since: datetime) -> list[str]:
            text = "Tổ XQZ và tổ ABZ."
            return lexicon.changed_since(session, v.suoi_may, text, since, now=LATER)

        old = teaching.teach(session, v.officer, v.suoi_may, Entry("XQZ", "chữ"), now=NOW)
        teaching.teach(session, v.staff, v.zone, Entry("ABZ", "chữ"), now=LATER)
        teaching.teach(session, v.officer, v.suoi_may, Entry("KRQ", "chữ"), now=LATER)
        teaching.teach(session, v.stranger, v.na_may, Entry("XQZ", "chữ"), now=LATER)
        assert changed(NOW - timedelta(hours=1)) == ["ABZ", "XQZ"]
        assert changed(NOW) == ["ABZ"]
        assert changed(LATER) == []
        teaching.forget(session, v.officer, old.id, now=LATER)
        assert changed(NOW) == ["ABZ", "XQZ"]


def test_nobody_teaches_beyond_their_places(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        entry = Entry("XQZ", "chữ")
        theirs = teaching.teach(session, v.officer, v.suoi_may, entry, now=NOW)
        for who, area in (
            (v.stranger, v.suoi_may),
            (v.officer, v.zone),
            (v.staff, v.province),
            (v.technician, v.suoi_may),
            (v.administrator, v.suoi_may),
            (v.officer, "nowhere"),
        ):
            with pytest.raises(NotFound):
                teaching.teach(session, who, area, entry, now=NOW)
        for use in (lexicon.get, teaching.forget):
            with pytest.raises(NotFound):
                use(session, v.stranger, theirs.id, now=NOW)
        assert lexicon.search(session, v.stranger, "", now=NOW) == []
        above = teaching.teach(session, v.staff, v.zone, entry, now=NOW)
        assert lexicon.get(session, v.officer, above.id, now=NOW) is above
        with pytest.raises(NotFound):
            teaching.forget(session, v.officer, above.id, now=NOW)


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (Entry("", "chữ"), "token"),
        (Entry("XQZ", ""), "reading"),
        (Entry("2026", "hai nghìn"), "token"),
        (Entry("không phép", "có phép"), "token"),
        (Entry("X" * 41, "chữ"), "token"),
        (Entry("XQZ", "x2 %"), "reading"),
        (Entry("XQZ", "chữ " * 60), "reading"),
        (Entry("XQZ", "chữ", ("a" * 41,)), "next"),
        (Entry("XQZ", "chữ", (), tuple("abcdefghijklm")), "previous"),
    ],
)
def test_what_cannot_be_said_or_would_change_the_meaning_is_refused(
    store: Store, entry: Entry, field: str
) -> None:
    with store.writing() as session:
        v = settle(session)
        with pytest.raises(Invalid) as refused:
            teaching.teach(session, v.officer, v.suoi_may, entry, now=NOW)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert refused.value.problems[0].message


def test_who_taught_what_is_audited_with_before_and_after(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        teaching.teach(session, v.officer, v.suoi_may, Entry("XQZ", "cũ"), now=NOW)
        new = teaching.teach(session, v.officer, v.suoi_may, Entry("XQZ", "mới"), now=NOW)
        teaching.forget(session, v.approver, new.id, now=LATER)
        lines = list(session.scalars(select(AuditLine).order_by(AuditLine.n)))
    assert [line.action for line in lines] == ["lexicon.teach", "lexicon.teach", "lexicon.forget"]
    said = [((a.before or {}).get("reading"), (a.after or {}).get("reading")) for a in lines]
    assert said == [(None, "cũ"), ("cũ", "mới"), ("mới", None)]
    assert lines[2].person_id == v.approver.person_id


def test_an_entry_that_ends_two_others_is_audited_for_both(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        ends = [
            teaching.teach(session, v.officer, v.suoi_may, Entry(token, "chữ cũ"), now=NOW).id
            for token in ("XQZ", "XQ")
        ]
        entry = Entry("XQZ", "chữ mới")
        teaching.teach(session, v.officer, v.suoi_may, entry, now=LATER, instead_of=ends[1])
        lines = list(session.scalars(select(AuditLine).order_by(AuditLine.n)))[2:]
    assert [(line.action, (line.before or {})["token"]) for line in lines] == [
        ("lexicon.teach", "XQ"),
        ("lexicon.forget", "XQZ"),
    ]


def test_entries_are_found_without_their_marks_by_token_or_reading(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        for token, reading in (("Đắk Lắk", "đắc lắc"), ("XQZ", "ích quy dét")):
            teaching.teach(session, v.officer, v.suoi_may, Entry(token, reading), now=NOW)
        for words, found in (("dak", ["Đắk Lắk"]), ("ich quy", ["XQZ"]), ("không có", [])):
            rows = lexicon.search(session, v.officer, words, now=NOW)
            assert [row.token for row in rows] == found
        assert len(lexicon.search(session, v.officer, " ", now=NOW)) == 2
