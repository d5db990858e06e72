"""Who approves lets a bulletin go ahead of its equal, once: the plan says what the page said."""

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from contract.states import AiringState, BulletinState
from controller import planning, stations
from controller.fleet import read_fleet
from controller.media.disk import DiskMedia
from controller.model import Airing, Bulletin
from controller.store import Store
from scheduler.calendar import ZONE
from tests.controller.village import NOW, TODAY, Village
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.writing import approved, sent, state_of

FIVE = datetime.combine(TODAY, time(17), ZONE)


@pytest.fixture
def on_air(store: Store, media: DiskMedia, village: Village, clock: Clock) -> Village:
    """An ordinary daily bulletin at five in Suối Mây, approved a while ago."""
    with store.writing() as session:
        stations.register(session, None, village.suoi_may, "Loa chợ", now=NOW)
    approved(store, media, village, title="Giá cà phê")
    plan(store)
    clock.move(timedelta(minutes=10))
    return village


def plan(store: Store) -> None:
    with store.writing() as session:
        planning.reconcile(session, read_fleet(session, TODAY), NOW + timedelta(minutes=10))


def heard(store: Store) -> dict[str, datetime]:
    """The first start of each title."""
    query = select(Bulletin.title, Airing.starts_at).join(
        Bulletin, Bulletin.id == Airing.bulletin_id
    )
    with store.reading() as session:
        planned = query.where(Airing.state == AiringState.PLANNED)
        rows = session.execute(planned.order_by(Airing.starts_at.desc()))
        return {title: at.astimezone(ZONE) for title, at in rows}


def ask(approver: Browser, bulletin: str) -> str:
    """What the second choice would send; nothing when there is none."""
    page = approver.get(f"/duyet/{bulletin}").text
    _, found, rest = page.partition('name="behind" value="" checked')
    return rest.split('name="behind" value="')[1].split('"')[0] if found else ""


def test_left_alone_the_earlier_one_is_heard_first(
    approver: Browser, store: Store, media: DiskMedia, on_air: Village
) -> None:
    bulletin = sent(store, media, on_air, title="Tiêm phòng")
    approver.fill(f"/duyet/{bulletin}", f"/duyet/{bulletin}/dong-y", {"behind": ""})
    plan(store)
    found = heard(store)
    assert found["Giá cà phê"] == FIVE < found["Tiêm phòng"]


def test_the_other_one_is_heard_right_after_it_once_and_can_be_taken_back(
    approver: Browser, store: Store, media: DiskMedia, on_air: Village
) -> None:
    bulletin = sent(store, media, on_air, title="Tiêm phòng")
    page = approver.get(f"/duyet/{bulletin}").text
    assert "“Giá cà phê” lúc 17:00 chuyển sang 17:01" in page
    choice = ask(approver, bulletin)
    approver.fill(f"/duyet/{bulletin}", f"/duyet/{bulletin}/dong-y", {"behind": choice})
    plan(store)
    assert state_of(store, bulletin) is BulletinState.APPROVED
    assert heard(store) == {"Tiêm phòng": FIVE, "Giá cà phê": FIVE + timedelta(minutes=1)}
    with store.reading() as session:
        days = session.scalars(
            select(Airing.starts_at).join(Bulletin).where(Bulletin.title == "Giá cà phê")
        )
        at_five = [at for at in days if at.astimezone(ZONE).time() == time(17)]
    assert at_five, "the next days keep their hour"


def test_what_changed_meanwhile_is_looked_at_again(
    approver: Browser, store: Store, media: DiskMedia, on_air: Village
) -> None:
    bulletin = sent(store, media, on_air, title="Tiêm phòng")
    approver.fill(f"/duyet/{bulletin}", f"/duyet/{bulletin}/dong-y", {"behind": "nothing-such"})
    assert "Lịch vừa thay đổi" in approver.get(f"/duyet/{bulletin}").text
    assert state_of(store, bulletin) is BulletinState.SUBMITTED
