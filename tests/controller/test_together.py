"""People who work at the same moment do not undo each other."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import select

from contract.states import BulletinState
from controller import approval, bulletins
from controller.content import content_hash
from controller.errors import ControllerError
from controller.model import Approval, Bulletin
from controller.store import Store
from tests.controller.test_approval import submitted
from tests.controller.test_bulletins import LATER, composed
from tests.controller.village import NOW, OneKey, settle


def at_once(*acts: Callable[[], object]) -> Counter[str]:
    """Run the acts in threads that start together; what each ended with."""
    outcomes: list[str] = []
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
        except ControllerError as error:
            outcomes.append(type(error).__name__)
        else:
            outcomes.append("done")

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(outcomes)


def test_of_four_editors_at_once_one_writes_and_the_others_learn_of_it(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin_id = composed(session, v).id

    def edit(words: str) -> None:
        with store.writing() as session:
            draft = v.draft(text=words)
            bulletins.edit(session, v.officer, bulletin_id, 1, draft, now=LATER)

    outcomes = at_once(*(lambda n=n: edit(f"Bản số {n}") for n in range(4)))
    assert outcomes == {"done": 1, "EditConflict": 3}


@pytest.mark.parametrize("turn", range(4))
def test_an_approval_and_an_edit_at_once_never_leave_an_approved_text_that_nobody_saw(
    store: Store, turn: int
) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = submitted(session, v)
        seen = content_hash(bulletin)

    def approve() -> None:
        with store.writing() as session:
            approval.approve(session, v.approver, bulletin.id, seen, signer=OneKey(), now=LATER)

    def edit() -> None:
        with store.writing() as session:
            bulletins.edit(session, v.officer, bulletin.id, 1, v.draft(text="Khác"), now=NOW)

    acts = (approve, edit) if turn % 2 else (edit, approve)
    assert at_once(*acts)["done"] >= 1
    with store.reading() as session:
        found = session.get_one(Bulletin, bulletin.id)
        in_force = session.scalars(select(Approval).where(Approval.voided_at.is_(None))).all()
    assert (found.text, found.state, list(in_force)) == ("Khác", BulletinState.DRAFT, [])
