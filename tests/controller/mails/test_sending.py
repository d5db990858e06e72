"""Each report goes once, late rather than never, and never to who may no longer have it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from controller import alarms
from controller.errors import Invalid, NotFound, WrongState
from controller.mails import outbox, subscribing
from controller.mails.periods import Every
from controller.mails.ports import Became, Unwritten
from controller.mails.sending import FAILING, Sending
from controller.mails.subscribing import Wanted, subscribe
from controller.model import AuditLine, Mail, ReportMail
from controller.permissions import Who
from controller.store import Store
from tests.controller.hooks.office import Clock
from tests.controller.mails.office import Desk, Post
from tests.controller.village import NOW, Village, settle

WEEK = timedelta(days=7)


class House:
    """The officer has the week of Suối Mây sent to one address, on a Monday at nine."""

    def __init__(self, store: Store) -> None:
        self.store, self.clock = store, Clock()
        self.desk, self.post = Desk(), Post()
        with store.writing() as session:
            self.village: Village = settle(session)
            wanted = self.wanted("vanphong@xa.example")
            (row,) = subscribe(session, self.village.officer, wanted, now=NOW)
            self.id = row.id
        self.sending = Sending(store, self.desk, self.post, self.clock, lambda: 0.5)

    def wanted(self, addresses: str, every: Every = Every.WEEK) -> Wanted:
        return Wanted(area_id=self.village.suoi_may, every=every, addresses=addresses)

    def goes(self, after: timedelta = timedelta()) -> int:
        """How many mails go until there is no work."""
        self.clock.move(after)
        before = len(self.post.got)
        while self.sending.work():
            pass
        return len(self.post.got) - before

    def mails(self) -> list[Mail]:
        with self.store.reading() as session:
            return list(session.scalars(select(Mail).order_by(Mail.id)))


@pytest.fixture
def house(store: Store) -> House:
    return House(store)


def test_it_goes_when_the_week_is_over_and_only_once(house: House) -> None:
    assert house.goes() == 0, "of the week before it was ordered nothing goes by itself"
    assert house.goes(WEEK - timedelta(hours=2, minutes=1)) == 0
    assert house.goes(timedelta(minutes=1)) == 1
    assert house.goes(timedelta(hours=1)) == 0
    (mail,) = house.mails()
    assert (str(mail.first), str(mail.last)) == ("2026-11-23", "2026-11-29")


def test_after_days_of_downtime_every_week_goes_once(house: House) -> None:
    assert house.goes(3 * WEEK) == 3
    assert house.goes() == 0


def test_after_half_a_year_the_last_two_months_go(house: House) -> None:
    assert house.goes(26 * WEEK) == 9


def test_two_controllers_make_each_mail_once(house: House) -> None:
    other = Sending(house.store, house.desk, house.post, house.clock, lambda: 0.5)
    house.clock.move(WEEK)
    house.sending.work()
    other.work()
    assert len(house.mails()) == 1
    assert len(house.post.got) == 1


def test_a_mail_that_died_on_its_way_is_tried_again_after_its_lease(house: House) -> None:
    house.clock.move(WEEK)
    with house.store.writing() as session:
        outbox.fill(session, house.clock())
        session.flush()
        assert outbox.claim(session, house.clock()) is not None
        assert outbox.claim(session, house.clock()) is None
    assert house.goes() == 0
    assert house.goes(outbox.LEASE) == 1


def test_a_mail_server_that_is_away_is_tried_for_days_and_people_are_told(house: House) -> None:
    house.post.became = Became.LATER
    assert house.goes(WEEK) == 0
    (mail,) = house.mails()
    assert mail.due_at is not None
    assert mail.told == "Máy chủ thư không trả lời."
    with house.store.reading() as session:
        assert not alarms.open_alarms(session), "a moment is no trouble"
    for _ in range(8):
        house.goes(timedelta(minutes=30))
    with house.store.reading() as session:
        assert [each.code for each in alarms.open_alarms(session)] == [FAILING]
    house.post.became = Became.SENT
    assert house.goes(timedelta(hours=4, minutes=48)) == 1
    with house.store.reading() as session:
        assert not alarms.open_alarms(session)


def test_it_is_given_up_after_five_days_and_sent_when_asked_for(house: House) -> None:
    house.post.became = Became.LATER
    house.goes(WEEK)
    for _ in range(5 * 24):
        house.goes(timedelta(hours=1))
    (mail,) = house.mails()
    assert (mail.due_at, mail.done_at) == (None, None)
    house.post.became = Became.SENT
    with house.store.writing() as session:
        subscribing.send_now(session, house.village.officer, house.id, now=house.clock())
    assert house.goes() == 1


def test_an_address_that_does_not_exist_is_not_tried_again(house: House) -> None:
    house.post.became = Became.REFUSED
    house.goes(WEEK)
    assert house.mails()[0].due_at is None
    house.post.became = Became.SENT
    assert house.goes(timedelta(days=6)) == 0


def test_who_may_no_longer_see_it_has_it_sent_no_more(house: House) -> None:
    house.desk.instead = Unwritten("Không còn được xem.", later=False)
    house.goes(WEEK)
    house.desk.instead = None
    assert house.goes(3 * WEEK) == 0
    with house.store.reading() as session:
        line = session.scalars(select(AuditLine).order_by(AuditLine.n.desc()).limit(1)).one()
        assert (line.action, line.person_id) == ("report_mail.stop", None)


def test_what_could_not_be_written_is_written_later(house: House) -> None:
    house.desk.instead = Unwritten("Chưa làm được PDF.", later=True)
    assert house.goes(WEEK) == 0
    house.desk.instead = None
    assert house.goes(timedelta(minutes=2)) == 1


def test_what_is_stopped_while_it_waits_does_not_go(house: House) -> None:
    house.post.became = Became.LATER
    house.goes(WEEK)
    with house.store.writing() as session:
        subscribing.stop(session, house.village.officer, house.id, now=house.clock())
    house.post.became = Became.SENT
    assert house.goes(3 * WEEK) == 0


def test_the_last_report_goes_at_once_when_asked_for(house: House) -> None:
    with house.store.writing() as session:
        mail = subscribing.send_now(session, house.village.officer, house.id, now=NOW)
        assert str(mail.last) == "2026-11-22"
    assert house.goes() == 1
    with house.store.writing() as session:
        subscribing.stop(session, house.village.officer, house.id, now=NOW)
        with pytest.raises(WrongState):
            subscribing.send_now(session, house.village.officer, house.id, now=NOW)


def test_who_sees_it_and_who_does_not(house: House) -> None:
    village = house.village

    def seen(who: Who) -> int:
        with house.store.reading() as session:
            return len(subscribing.seen(session, who, NOW))

    assert [seen(who) for who in (village.officer, village.administrator)] == [1, 1]
    assert [seen(who) for who in (village.stranger, village.colleague)] == [0, 0]
    with house.store.writing() as session, pytest.raises(NotFound):
        subscribing.stop(session, village.stranger, house.id, now=NOW)


def test_the_same_address_gets_the_same_report_once(house: House) -> None:
    with house.store.writing() as session:
        wanted = house.wanted("VanPhong@XA.example, vanphong@xa.example\nmoi@xa.example")
        made = subscribe(session, house.village.officer, wanted, now=NOW)
        assert [row.address for row in made] == ["moi@xa.example"]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "văn phòng",
        "a@b",
        "A <a@xa.example>",
        "a@xa.example\r\nBcc: b@x.example",
        "a@[10.0.0.1]",
    ],
)
def test_what_is_no_address_is_said_and_nothing_is_made(house: House, typed: str) -> None:
    with house.store.writing() as session, pytest.raises(Invalid) as raised:
        subscribe(session, house.village.officer, house.wanted(typed), now=NOW)
    assert set(raised.value.by_field()) == {"addresses"}


def test_nobody_has_the_report_of_another_commune_sent(house: House) -> None:
    with house.store.writing() as session, pytest.raises(Invalid) as raised:
        subscribe(session, house.village.stranger, house.wanted("a@xa.example"), now=NOW)
    assert set(raised.value.by_field()) == {"area"}


def test_old_mails_are_let_go(house: House) -> None:
    house.goes(WEEK)
    with house.store.writing() as session:
        outbox.forget_old(session, house.clock() + outbox.KEPT + timedelta(days=1))
        assert not session.scalars(select(Mail)).all()
        assert session.scalars(select(ReportMail)).all()
