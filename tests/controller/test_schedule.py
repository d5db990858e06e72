"""What is in the air in a span of time, and the lines of places that it touches."""

from datetime import timedelta

from contract.states import AiringState, Verdict
from controller import areas, schedule, schedule_rows, verdict_ledger
from controller.model import AreaKind
from controller.store import Store
from tests.controller.air import AT_FIVE, FIVE, airings, approve, ended, fleet, plan_all, register
from tests.controller.village import DAILY, NOW, TODAY, OneKey, settle

DAY = timedelta(days=1)


def test_what_still_sounds_at_midnight_is_of_both_days(store: Store) -> None:
    with store.writing() as session:
        village = settle(session)
        register(session, village.suoi_may)
        approve(session, village, OneKey(), rule=AT_FIVE)
        plan_all(session, OneKey())
        (airing,) = airings(session)
        airing.starts_at, airing.ends_at = FIVE + timedelta(hours=6), FIVE + timedelta(hours=8)
    midnight = FIVE + timedelta(hours=7)
    with store.reading() as session:
        for since, count in ((midnight - DAY, 1), (midnight, 1), (midnight + DAY, 0)):
            found = schedule.read(session, since, since + DAY, now=NOW)
            assert len(found) == count
            assert {slot.targets for slot in found} <= {(village.suoi_may,)}


def test_planned_days_and_foreseen_ones_meet_with_each_start_once(store: Store) -> None:
    with store.writing() as session:
        village = settle(session)
        register(session, village.suoi_may)
        approve(session, village, OneKey(), rule=DAILY)
        plan_all(session, OneKey())
    with store.reading() as session:
        found = schedule.read(session, FIVE, FIVE + 30 * DAY, now=NOW)
    assert [slot.starts_at for slot in found] == [FIVE + n * DAY for n in range(30)]
    states = [slot.state for slot in found]
    assert states == [AiringState.PLANNED] * 10 + [None] * 20


def test_verdicts_are_counted_by_the_area_of_the_stations(store: Store) -> None:
    with store.writing() as session:
        village = settle(session)
        stations = register(session, village.suoi_may, 2)
        approve(session, village, OneKey(), rule=AT_FIVE)
        plan_all(session, OneKey())
        (airing,) = airings(session)
        verdict_ledger.start_due(session, fleet(session), FIVE)
        verdict_ledger.apply(session, [(stations[0], ended(airing))], FIVE + timedelta(minutes=1))
    with store.reading() as session:
        slots = schedule.read(session, FIVE - DAY, FIVE + DAY, now=NOW)
        told = schedule.verdicts(session, slots)
    assert told == {airing.id: {village.suoi_may: {Verdict.AIRED: 1, Verdict.PENDING: 1}}}


def test_a_line_is_a_commune_with_its_hamlets_or_whatever_else_has_stations(store: Store) -> None:
    with store.writing() as session:
        village = settle(session)
        hamlet = areas.add(
            session,
            kind=AreaKind.HAMLET,
            name="Thôn Đầu Suối",
            parent_id=village.suoi_may,
            code=None,
            now=NOW,
        ).id
        register(session, hamlet)
        register(session, village.zone)
        session.flush()
        of_province = schedule_rows.read(session, [village.province], TODAY)
        of_commune = schedule_rows.read(session, [village.suoi_may], TODAY)
        of_hamlet = schedule_rows.read(session, [hamlet], TODAY)
        week = schedule_rows.one(session, village.suoi_may, TODAY)
        approve(session, village, OneKey(), rule=AT_FIVE, targets=(hamlet,))
        plan_all(session, OneKey())
        slots = schedule.read(session, FIVE, FIVE + DAY, now=NOW)
        homes = schedule_rows.homes_of(session, slots)
        touched = schedule_rows.touching(of_province, slots, homes)
    members = {row.id: set(row.members) for row in of_province}
    assert members == {
        village.zone: {village.zone},
        village.na_may: {village.na_may},
        village.suoi_may: {village.suoi_may, hamlet},
    }
    assert [row.id for row in of_commune] == [hamlet]
    assert [row.id for row in of_hamlet] == [hamlet]
    assert (week.homes, week.above) == ({hamlet}, {village.zone, village.province})
    assert {row: len(found) for row, found in touched.items()} == {
        village.zone: 0,
        village.na_may: 0,
        village.suoi_may: 1,
    }
