"""How full a session is, and by how much too full one more makes it."""

from datetime import datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete

from contract.windows import ALL_DAY, Window
from controller import planning, stations
from controller.fleet import read_fleet
from controller.model import AreaWindow
from controller.room import around, room, taken_s
from controller.store import Store
from scheduler.calendar import ZONE
from scheduler.patterns import Once
from scheduler.rules import Rule
from scheduler.windows import DEFAULT
from tests.controller.test_approval import approved, submitted
from tests.controller.test_waiting import AT_FIVE, MINUTE
from tests.controller.village import NOW, TODAY, OneKey, settle

HOUR = (AT_FIVE, AT_FIVE + 60 * MINUTE)
MOMENTS = st.integers(-30, 90).map(lambda n: AT_FIVE + n * MINUTE)


@given(st.lists(st.tuples(MOMENTS, MOMENTS), max_size=8))
def test_every_minute_in_which_somebody_is_heard_counts_once(
    spans: list[tuple[datetime, datetime]],
) -> None:
    minutes = [AT_FIVE + n * MINUTE for n in range(60)]
    heard = [m for m in minutes if any(start <= m < end for start, end in spans)]
    assert taken_s(HOUR, spans) == 60 * len(heard)


def test_the_hours_around_a_start() -> None:
    assert around(DEFAULT, AT_FIVE) == HOUR
    assert around(DEFAULT, AT_FIVE + 60 * MINUTE) is None
    assert around((Window("17:00", "17:30"), Window("17:30", "18:00")), AT_FIVE) == HOUR
    whole = around(ALL_DAY, AT_FIVE)
    assert whole is not None
    assert whole[1] - whole[0] == timedelta(days=1)


def test_what_is_approved_what_waits_and_what_is_written_add_up(store: Store) -> None:
    at_five = Rule(pattern=Once(TODAY), times=(time(17),))
    near_the_end = Rule(pattern=Once(TODAY), times=(time(17, 59, 30),))
    with store.writing() as session:
        v = settle(session)
        session.execute(delete(AreaWindow))  # the default hours
        stations.register(session, v.technician, v.suoi_may, "Loa 1", now=NOW)
        approved(session, v, submitted(session, v, rule=at_five), OneKey())  # a second each
        planning.reconcile(session, read_fleet(session, TODAY), NOW)
        waits = submitted(session, v, rule=at_five)
        draft = v.draft(rule=at_five, text="Họp. " * 80)
        found = room(session, draft, now=NOW)
        assert found is not None
        assert found.hours == HOUR
        assert (found.used_s, found.waiting_s, found.over_s) == (1, 1, 0)
        assert 30 < found.own_s < 40
        assert found.free_s == 3600 - 2
        itself = room(session, draft, now=NOW, bulletin_id=waits.id)
        assert itself is not None
        assert itself.waiting_s == 0
        late = room(session, v.draft(rule=near_the_end, text="Họp. " * 80), now=NOW)
        assert late is not None
        assert late.over_s == late.own_s - 30
        long = room(session, v.draft(rule=at_five, relay_source="x", relay_s=3600), now=NOW)
        assert long is not None
        assert long.over_s == 2
        elsewhere = room(session, v.draft(targets=(v.na_may,), rule=at_five), now=NOW)
        assert elsewhere is not None
        assert (elsewhere.place, elsewhere.used_s) == ("Xã Nà Mây", 0)
        assert elsewhere.start.astimezone(ZONE).time() == time(17)


def test_outside_of_all_hours_and_behind_all_starts_there_is_none(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        session.execute(delete(AreaWindow))
        at_noon = Rule(pattern=Once(TODAY), times=(time(12),))
        assert room(session, v.draft(rule=at_noon), now=NOW) is None
        assert room(session, v.draft(rule=at_noon), now=NOW + timedelta(days=2)) is None
