"""A report adds up: every way of counting holds the same verdicts, on both databases."""

from datetime import timedelta

from contract.states import Cause, Verdict
from controller import report, verdict_ledger
from controller.report import Figures, Sought
from controller.store import Store
from tests.controller.air import AT_FIVE, FIVE, airings, approve, ended, fleet, plan_all, register
from tests.controller.village import OneKey, settle

DAY = timedelta(days=1)


def test_every_way_of_counting_adds_up_to_the_total(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        stations = [*register(session, v.suoi_may, 2), *register(session, v.na_may)]
        approve(session, v, OneKey(), rule=AT_FIVE)
        plan_all(session, OneKey())
        (airing,) = airings(session)
        airing.targets, airing.ends_at = [v.zone], airing.starts_at + timedelta(seconds=1)
        verdict_ledger.start_due(session, fleet(session), FIVE)
        told = [(stations[0], ended(airing)), (stations[2], ended(airing, 0, Cause.POWER))]
        verdict_ledger.apply(session, told, FIVE)
        sought = Sought(since=FIVE - DAY, until=FIVE + DAY)
        found = report.read(session, v.auditor, sought, now=FIVE)
        inside = Sought(since=FIVE - DAY, until=FIVE + DAY, area=v.suoi_may)
        commune = report.read(session, v.auditor, inside, now=FIVE)
    counted = {Verdict.AIRED: 1, Verdict.PENDING: 1, Verdict.MISSED: 1}
    assert (found.total.verdicts, found.total.asked_s, found.total.played_s) == (counted, 3, 1)
    assert [place.name for place in found.places] == ["Xã Nà Mây", "Xã Suối Mây"]
    for parts in (
        [place.figures for place in found.places],
        list(found.fields.values()),
        list(found.classes.values()),
    ):
        assert sum(part.asked for part in parts) == found.total.asked
        assert sum(part.played_s for part in parts) == found.total.played_s
    assert found.reasons == {(Verdict.MISSED, Cause.POWER): 1}
    assert [(one.times, one.figures.asked) for one in found.contents] == [(1, 3)]
    assert [(one.id, figures.share) for one, figures in commune.stations] == [
        (stations[0], 1.0),
        (stations[1], 0.0),
    ]


def test_only_what_is_missing_less_than_a_millisecond_is_whole() -> None:
    assert Figures().share == 0.0
    whole, short = Figures(), Figures()
    whole.add(Verdict.AIRED, 2, 0, 27_002, 48_000 * 27)
    short.add(Verdict.AIRED, 2, 0, 27_003, 48_000 * 27)
    assert whole.share == 1.0
    assert short.share < 1.0
