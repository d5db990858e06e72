"""A relay from its form to the station's plan, and what was heard of it."""

from datetime import time, timedelta

import pytest
from msgspec import UNSET, structs
from sqlalchemy.orm import Session

from contract import signing
from contract.messages import Grant
from contract.relay import covers
from contract.reports import Ended
from contract.states import AiringState, BulletinState, Class, Verdict
from controller import bulletins, planning, plans, verdict_ledger
from controller.errors import Invalid
from controller.live import Heard, of_airing
from controller.model import Airing, RelaySource, SourceKind, StationVerdict
from controller.preview import preview
from controller.relays import changing, heard
from controller.relays.heard import LastHeard
from controller.store import Store
from scheduler.patterns import Once
from scheduler.rules import Rule
from tests.controller.air import (
    AT_FIVE,
    FIVE,
    MINUTE,
    airings,
    approve,
    ended,
    fleet,
    plan_all,
    plan_of,
    register,
    report,
    take_report,
    trust_in,
)
from tests.controller.relays.radio import ADDRESS, HALF_AN_HOUR, given, relay, source
from tests.controller.village import NOW, TODAY, OneKey, Village, settle

SLOT = timedelta(seconds=HALF_AN_HOUR)
SAMPLES = HALF_AN_HOUR * 48_000


def once_at(hour: int, minute: int) -> Rule:
    return Rule(pattern=Once(TODAY), times=(time(hour, minute),))


def spans(session: Session) -> list[tuple[object, ...]]:
    return [(row.bulletin_id, row.starts_at, row.ends_at) for row in airings(session)]


def test_a_station_is_told_each_slot_with_the_grant_that_covers_it(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        (other,) = register(session, v.na_may)
        bulletin = relay(session, v, signer)
        plan_all(session, signer)
        plan, elsewhere = plan_of(session, mine, signer), plan_of(session, other, signer)
    assert elsewhere.relays is UNSET
    assert plan.items == plan.releases == ()
    assert not isinstance(plan.relays, type(UNSET))
    assert len(plan.relays) == 10
    assert [recording.sha256 for recording in plan.recordings] == [bulletin.recording_sha256]
    for day, told in enumerate(plan.relays):
        grant = signing.verify(Grant, told.grant, trust_in(signer))
        assert covers(grant, told, {mine, *plan.areas})
        assert not covers(grant, told, {other, v.na_may})
        assert (told.stream, told.fallback) == (ADDRESS, bulletin.recording_sha256)
        assert (told.starts_at, told.ends_at) == (grant.nbf, grant.exp)
        assert told.starts_at == FIVE + timedelta(days=day)
        assert told.ends_at - told.starts_at == SLOT


def test_the_further_hosts_of_a_source_are_signed_with_its_address(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        of = source(session, v, address="http://vov.example/vov1 cdn.vn a.cdn.vn")
        approved = approve(session, v, signer, relay_source=of.id, relay_s=HALF_AN_HOUR)
        plan_all(session, signer)
        plan = plan_of(session, mine, signer)
        assert not isinstance(plan.relays, type(UNSET))
        told = plan.relays[0]
        grant = signing.verify(Grant, told.grant, trust_in(signer))
        assert (told.stream, grant.hosts) == ("http://vov.example/vov1", ("a.cdn.vn", "cdn.vn"))
        other = given(v, address="http://vov.example/vov1 other.vn")
        changing.change(session, v.staff, of.id, other, private=(), now=NOW)
        assert approved.state == BulletinState.READY  # nobody has approved the other host


def test_what_a_station_hears_at_its_own_input_is_granted_by_name(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        of = source(session, v, kind=SourceKind.INPUT, address="input:fm")
        approve(session, v, signer, relay_source=of.id, relay_s=HALF_AN_HOUR)
        plan_all(session, signer)
        plan = plan_of(session, mine, signer)
    assert not isinstance(plan.relays, type(UNSET))
    assert {told.stream for told in plan.relays} == {"input:fm"}
    told = plan.relays[0]
    assert covers(signing.verify(Grant, told.grant, trust_in(signer)), told, {mine, *plan.areas})


def test_a_plan_with_relays_that_would_say_the_same_is_not_made_again(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        relay(session, v, signer)
        assert plan_all(session, signer) == 1
        assert plan_all(session, signer) == 0


def test_a_session_is_a_signature_a_relay_and_the_news_at_the_exact_ends(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        vov = relay(session, v, signer, rule=AT_FIVE)
        tune = approve(session, v, signer, rule=AT_FIVE)  # a second long, approved later
        plan_all(session, signer)
        assert spans(session) == [
            (tune.id, FIVE, FIVE + MINUTE / 60),
            (vov.id, FIVE + MINUTE / 60, FIVE + SLOT),
        ]
        plan = plan_of(session, mine, signer)
        assert not isinstance(plan.relays, type(UNSET))
        (told,) = plan.relays
    assert covers(signing.verify(Grant, told.grant, trust_in(signer)), told, {mine, *plan.areas})
    assert told.rank > plan.items[0].rank


def test_what_is_approved_while_a_relay_is_on_does_not_divide_it_any_more(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        relay(session, v, signer, rule=AT_FIVE)
        plan_all(session, signer)
        before = spans(session)
        verdict_ledger.start_due(session, fleet(session), FIVE)
        planning.reconcile(session, fleet(session), FIVE + MINUTE)
        assert spans(session) == before


def test_what_is_wanted_while_a_relay_is_on_waits_for_its_end_or_is_refused(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        vov = relay(session, v, signer, rule=AT_FIVE)
        early = approve(session, v, signer, rule=once_at(17, 10))
        plan_all(session, signer)
        before = spans(session)
        now = FIVE + MINUTE
        verdict_ledger.start_due(session, fleet(session), now)
        late = approve(session, v, signer, rule=once_at(17, 29))
        hopeless = approve(session, v, signer, rule=once_at(17, 20))
        planning.reconcile(session, fleet(session), now)
        assert [len(before), before[0][0], before[1][0]] == [3, vov.id, early.id]
        planned = [row for row in airings(session) if row.state != AiringState.REFUSED]
        assert [(r.bulletin_id, r.starts_at, r.ends_at) for r in planned[:3]] == before
        assert (planned[3].bulletin_id, planned[3].starts_at) == (late.id, FIVE + SLOT)
        (refused,) = airings(session, AiringState.REFUSED)
    assert refused.bulletin_id == hopeless.id
    assert "Tiếp sóng VOV1" in refused.reason


def test_a_relay_that_was_stopped_does_not_come_back_in_its_slot(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        relay(session, v, signer, rule=AT_FIVE)
        plan_all(session, signer)
        (row,) = airings(session)
        row.state = AiringState.CANCELLED
        approve(session, v, signer, rule=once_at(17, 10))
        planning.reconcile(session, fleet(session), FIVE + MINUTE)
        assert [r.state for r in airings(session)] == [AiringState.CANCELLED, AiringState.PLANNED]


@pytest.mark.parametrize("act", ["withdraw source", "change address", "withdraw bulletin"])
def test_what_is_taken_back_leaves_the_plan_at_once(store: Store, act: str) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        bulletin = relay(session, v, signer)
        plan_all(session, signer)
        now = FIVE + MINUTE  # the first is on the air
        verdict_ledger.start_due(session, fleet(session), now)
        _take_back(session, v, bulletin.relay_source, bulletin.id, act)
        planning.reconcile(session, fleet(session), now)
        plans.renew(session, fleet(session), signer, now)
        assert plan_of(session, mine, signer).relays is UNSET
        states = {row.state for row in airings(session) if row.starts_at > now}
    assert states == {AiringState.CANCELLED}


def _take_back(session: Session, v: Village, source_id: str, bulletin_id: str, act: str) -> None:
    now = FIVE + MINUTE
    if act == "withdraw source":
        changing.withdraw(session, v.staff, source_id, now=now)
    elif act == "change address":
        row = session.get_one(RelaySource, source_id)
        entered = changing.entered_of(row)
        other = structs.replace(entered, address="http://vov.example/2")
        changing.change(session, v.staff, source_id, other, private=(), now=now)
    else:
        bulletin = bulletins.locked(session, bulletin_id)
        bulletins.withdraw(session, v.officer, bulletin_id, bulletin.version, now=now)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"relay_s": 0}, "minutes"),
        ({"relay_s": 5 * 3_600}, "minutes"),
        ({"relay_source": "none"}, "source"),
    ],
    ids=str,
)
def test_a_draft_with_a_bad_slot_is_refused(
    store: Store, changes: dict[str, object], field: str
) -> None:
    with store.writing() as session:
        v = settle(session)
        facts = {"relay_source": source(session, v).id, "relay_s": 60, **changes}
        with pytest.raises(Invalid) as error:
            bulletins.compose(session, v.officer, v.draft(**facts), now=NOW)
    assert [problem.field for problem in error.value.problems] == [field]


def test_an_emergency_takes_nothing_over(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        draft = v.draft(relay_source=source(session, v).id, relay_s=60, cls=Class.EMERGENCY)
        with pytest.raises(Invalid, match="khẩn cấp"):
            bulletins.compose(session, v.officer, draft, now=NOW)


def test_a_source_of_another_commune_is_refused(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        theirs = source(session, v, v.approver, area_id=v.suoi_may)
        draft = v.draft(area_id=v.na_may, targets=(v.na_may,), relay_source=theirs.id, relay_s=60)
        with pytest.raises(Invalid, match="không còn dùng ở đây"):
            bulletins.compose(session, v.stranger, draft, now=NOW)


def test_the_author_sees_what_would_take_parts_out_of_the_relay(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        approve(session, v, signer, rule=AT_FIVE)
        draft = v.draft(relay_source=source(session, v).id, relay_s=HALF_AN_HOUR, rule=AT_FIVE)
        seen = preview(session, v.officer, draft, now=NOW)
    (conflict,) = seen.conflicts
    assert "chiếm giờ của" in conflict.message
    assert [airing.ends_at for airing in seen.airings] == [FIVE + SLOT]


def test_the_verdict_tells_the_stream_from_the_recording_and_from_silence(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        relay(session, v, signer, rule=AT_FIVE)
        plan_all(session, signer)
        (row,) = airings(session)
        verdict_ledger.start_due(session, fleet(session), FIVE)
        take_report(session, report(mine, _ended(row, 1_700, 90, 10)))
        verdict = session.get_one(StationVerdict, (row.id, mine))
        assert verdict.verdict == Verdict.AIRED
        (line,) = of_airing(session, v.officer, row.id, FIVE + SLOT).lines
        told = heard.last(session, row.bulletin_id)
    assert line.heard == Heard(1_700, 90, 10)
    assert told == LastHeard(airing_id=row.id, starts_at=FIVE, stations=1, heard=line.heard)


def _ended(row: Airing, relayed: int, fallback: int, silent: int) -> Ended:
    counts = [count * 48_000 for count in (relayed, fallback, silent)]
    told = ended(row, played=SAMPLES)
    names = ("relayed_samples", "fallback_samples", "silent_samples")
    facts = dict(zip(names, counts, strict=True))
    return structs.replace(told, total_samples=SAMPLES, **facts)


def test_what_is_no_relay_has_no_such_counts(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        approve(session, v, signer, rule=AT_FIVE)
        plan_all(session, signer)
        (row,) = airings(session)
        verdict_ledger.start_due(session, fleet(session), FIVE)
        take_report(session, report(mine, ended(row)))
        (line,) = of_airing(session, v.officer, row.id, FIVE + MINUTE).lines
    assert line.heard is None
