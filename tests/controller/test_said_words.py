"""The index of words: it holds what the texts hold, whoever wrote them, on both databases."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from controller import said_words
from controller.bulletins import compose
from controller.model import Bulletin
from controller.model.folding import searchable, words
from controller.store import Store
from tests.controller.village import NOW, Village, settle

WORD = st.text(alphabet="aăbđeêgốớữ019", min_size=1, max_size=4)
SENTENCE = st.lists(WORD, min_size=1, max_size=6).map(" ".join)


@pytest.fixture
def village(store: Store) -> Village:
    with store.writing() as session:
        return settle(session)


def written(session: Session, village: Village, said: str) -> str:
    draft = village.draft(title="Tin", text=said)
    return compose(session, village.officer, draft, now=NOW).id


def holding(session: Session, wanted: list[str]) -> set[str]:
    """By reading all of them."""
    rows = session.execute(select(Bulletin.id, Bulletin.folded))
    return {id_ for id_, folded in rows if all(f" {word}" in folded for word in wanted)}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(said=st.lists(SENTENCE, min_size=1, max_size=4), asked=SENTENCE)
def test_it_finds_what_reading_all_of_it_finds(
    store: Store, village: Village, said: list[str], asked: str
) -> None:
    with store.writing() as session:
        for sentence in said:
            written(session, village, sentence)
        session.flush()
        wanted = words(asked)
        found = said_words.of_few(session, wanted)
        assert found is not None
        assert set(found) == holding(session, wanted)
        session.rollback()


def test_it_follows_whoever_writes(store: Store, village: Village) -> None:
    with store.writing() as session:
        first, other = (written(session, village, said) for said in ("Họp thôn", "Tiêm phòng"))
        session.flush()
        changed = update(Bulletin).where(Bulletin.id == first)
        session.execute(changed.values(folded=searchable("Dọn đường")))
        assert said_words.of_few(session, ["thon"]) == []
        assert said_words.of_few(session, ["duong"]) == [first]
        session.execute(delete(Bulletin).where(Bulletin.id == other))
        assert said_words.of_few(session, ["tiem"]) == []


def test_many_are_not_counted_out(
    store: Store, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.writing() as session:
        for said in ("Họp một", "Họp hai", "Họp ba"):
            written(session, village, said)
        session.flush()
        assert len(said_words.of_few(session, ["hop"]) or ()) == 3
        monkeypatch.setattr(said_words, "FEW", 2)
        assert said_words.of_few(session, ["hop"]) is None


def test_rows_that_are_numbered_anew_are_found_all_the_same(store: Store, village: Village) -> None:
    with store.writing() as session:
        gone, kept = (written(session, village, said) for said in ("Tin cũ", "Tin mới"))
        session.flush()
        session.execute(delete(Bulletin).where(Bulletin.id == gone))
    if store.engine.dialect.name == "sqlite":
        store.close()
        with closing(sqlite3.connect(str(store.engine.url.database))) as connection:
            connection.execute("VACUUM")
    with store.reading() as session:
        assert said_words.of_few(session, ["moi"]) == [kept]
        assert session.scalar(text("SELECT count(*) FROM bulletin")) == 1
