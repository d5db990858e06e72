"""Boxes are registered by who may, each with topics of its own."""

import pytest
from sqlalchemy import select

from controller.errors import NotFound
from controller.foreign import boxes
from controller.foreign.boxes import Way
from controller.model import ForeignBox
from controller.store import Store
from tests.controller.foreign.maker import sample, speaking
from tests.controller.test_together import at_once
from tests.controller.village import NOW, settle


def test_who_may_not_register_there_does_not_learn_which_topics_are_taken(store: Store) -> None:
    way = Way(profile=sample(), device="H7")
    with store.writing() as session:
        v = settle(session)
        speaking(session, v)
        with pytest.raises(NotFound):
            boxes.register(session, v.officer, v.suoi_may, "Loa", way, now=NOW)


def test_of_four_registrations_at_once_one_gets_the_topics(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)

    def register() -> None:
        with store.writing() as session:
            speaking(session, v)

    assert at_once(*[register] * 4) == {"done": 1, "Invalid": 3}
    with store.reading() as session:
        assert len(session.scalars(select(ForeignBox)).all()) == 1
