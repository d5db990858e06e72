"""What a bulletin says ends on a day: from then on neither server nor station lets it sound."""

from base64 import b64decode
from datetime import timedelta

import pytest
from sqlalchemy import select

from contract import codec
from contract.messages import Envelope, Release
from contract.states import BulletinState
from controller import approval, bulletins, expiring, moving, planning, reuse, stations
from controller.content import content_hash
from controller.declaring import Declared
from controller.errors import Invalid
from controller.fleet import read_fleet
from controller.model import Airing, Bulletin, Field
from controller.store import Store
from scheduler.expiry import midnight
from scheduler.patterns import Once
from scheduler.rules import Rule
from tests.controller.test_approval import approved, submitted
from tests.controller.test_bulletins import LATER, ready
from tests.controller.village import DAILY, NOW, TODAY, OneKey, settle

ENDS = TODAY + timedelta(days=3)
IN_TWO_DAYS = Rule(pattern=Once(TODAY + timedelta(days=2)), times=DAILY.times)


def test_nothing_is_released_or_planned_from_that_day_on(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        stations.register(session, v.technician, v.suoi_may, "Loa 1", now=NOW)
        bulletin = submitted(session, v, expires_on=ENDS)
        decided = approved(session, v, bulletin, OneKey())
        envelope = codec.decode(Envelope, decided.release or b"")
        release = codec.unwrap(Release, envelope.payloadType, b64decode(envelope.payload))
        assert release.exp == midnight(ENDS)  # which is what the station obeys
        planning.reconcile(session, read_fleet(session, TODAY), LATER)
        airings = session.scalars(select(Airing).order_by(Airing.starts_at)).all()
        assert [
            airing.starts_at.astimezone(midnight(ENDS).tzinfo).date() for airing in airings
        ] == [
            TODAY,
            TODAY + timedelta(days=1),
            TODAY + timedelta(days=2),
        ]


def test_it_is_not_moved_behind_that_day_by_anybody(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        stations.register(session, v.technician, v.suoi_may, "Loa 1", now=NOW)
        bulletin = submitted(session, v, expires_on=ENDS, rule=IN_TWO_DAYS)
        approved(session, v, bulletin, OneKey())
        planning.reconcile(session, read_fleet(session, TODAY), LATER)
        (airing,) = session.scalars(select(Airing))
        with pytest.raises(Invalid, match="hết hiệu lực từ"):
            moving.move_once(
                session, v.approver, airing.id, midnight(ENDS), signer=OneKey(), now=LATER
            )


def test_the_day_is_part_of_what_is_approved(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = submitted(session, v, expires_on=ENDS)
        seen = content_hash(bulletin)
        bulletin.expires_on = ENDS + timedelta(days=300)
        assert content_hash(bulletin) != seen


def test_a_day_that_leaves_nothing_is_told(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        for day in (TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=2)):
            with pytest.raises(Invalid) as refused:
                bulletins.compose(
                    session, v.officer, v.draft(expires_on=day, rule=IN_TWO_DAYS), now=NOW
                )
            assert list(refused.value.by_field()) == ["expires_on"]


def test_a_notice_of_the_law_is_asked_for_its_end(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = ready(session, v)
        bulletin.field = Field.POLICY_AND_LAW
        session.flush()

        def send(**said: object) -> Bulletin:
            return bulletins.submit(
                session,
                v.officer,
                bulletin.id,
                1,
                acknowledged=(),
                now=NOW,
                **said,  # type: ignore[arg-type]  # a test knows its types
            )

        with pytest.raises(Invalid) as refused:
            send()
        assert "send_expires_on" in refused.value.by_field()
        with pytest.raises(Invalid):
            send(expires_on=TODAY)
        bulletin.expires_on = None
        assert send(declared=Declared(no_expiry=True)).state == BulletinState.SUBMITTED
        bulletin.state = BulletinState.READY
        assert send(expires_on=ENDS).expires_on == ENDS


def test_those_that_end_soon_are_listed_where_they_are_seen(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        soon, far = (TODAY + timedelta(days=days) for days in (30, 31))
        found = []
        for day in (ENDS, soon, far):
            one = submitted(session, v, expires_on=day)
            approval.approve(
                session, v.approver, one.id, content_hash(one), signer=OneKey(), now=NOW
            )
            found.append(one)
        assert expiring.soon(session, v.officer, now=NOW) == found[:2]
        assert expiring.soon(session, v.stranger, now=NOW) == []
        later = NOW + timedelta(days=3)
        assert expiring.soon(session, v.officer, now=later) == found[1:]


@pytest.mark.parametrize(("days", "kept"), [(1, ENDS), (10, None)])
def test_said_again_it_keeps_its_end_while_that_is_to_come(
    store: Store, days: int, kept: object
) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = submitted(session, v, expires_on=ENDS)
        approved(session, v, bulletin, OneKey())
        rule = reuse.once_more(DAILY, NOW + timedelta(days=days))
        assert reuse.kept_expiry(bulletin, rule) == kept
