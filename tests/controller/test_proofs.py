"""What was measured decides with what was played, is told to people, and raises alarms."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from contract.proofs import (
    AMPLIFIER_FOLLOWS,
    AMPLIFIER_SILENT,
    LINE_LESS,
    LINE_OPEN,
    LINE_WELL,
    Agrees,
    Proof,
)
from contract.states import Cause, Verdict
from controller import proofs, verdict_ledger
from controller.model import Alarm, StationVerdict
from controller.store import Store
from controller.verdicts import judge
from tests.controller.air import (
    AT_FIVE,
    FIVE,
    airings,
    approve,
    ended,
    fleet,
    plan_all,
    register,
    report,
    take_report,
)
from tests.controller.test_verdicts import TOTAL
from tests.controller.test_verdicts import ended as line
from tests.controller.village import NOW, OneKey, settle

FOLLOWS = Proof(level="L1", agrees=Agrees.YES, code=AMPLIFIER_FOLLOWS, score=0.8)
SILENT = Proof(level="L1", agrees=Agrees.NO, code=AMPLIFIER_SILENT, score=0.0)
WELL = Proof(level="L2", agrees=Agrees.YES, code=LINE_WELL, score=1.0)
LESS = Proof(level="L2", agrees=Agrees.NO, code=LINE_LESS, score=0.0)
OPEN = Proof(level="L2", agrees=Agrees.NO, code=LINE_OPEN, score=0.0)


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        ((), Verdict.AIRED),
        ((FOLLOWS, WELL), Verdict.AIRED),
        ((FOLLOWS, LESS), Verdict.AIRED),
        ((SILENT, WELL), Verdict.FAILED),
        ((FOLLOWS, OPEN), Verdict.FAILED),
    ],
)
def test_what_nobody_can_have_heard_has_failed(found: tuple[Proof, ...], verdict: Verdict) -> None:
    assert judge(replace(line(Cause.FINISHED, TOTAL), proofs=found)) is verdict


def test_what_never_sounded_keeps_its_own_reason() -> None:
    assert judge(replace(line(Cause.LATE, 0), proofs=(SILENT,))) is Verdict.MISSED


def test_a_verdict_is_told_with_what_it_rests_on() -> None:
    assert proofs.tell("L0", ()).startswith("Minh chứng L0: bộ phát báo")
    assert "đường dây loa nhẹ tải" in proofs.tell("L1", (FOLLOWS, LESS))
    assert proofs.tell(None, ()) == proofs.tell("S", ()) == ""
    assert "mới" in proofs.tell("L1", (replace(FOLLOWS, code="mới"),))


def test_a_dead_amplifier_is_an_alarm_until_an_airing_is_borne_out(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        one, _ = register(session, v.suoi_may, 2)
        approve(session, v, OneKey(), rule=AT_FIVE)
        plan_all(session, OneKey())
        (airing,) = airings(session)
        verdict_ledger.start_due(session, fleet(session), FIVE)
        silent = replace(ended(airing), proofs=(SILENT, WELL), evidence="L2")
        take_report(session, report(one, silent))
        row = session.get_one(StationVerdict, (airing.id, one))
        assert (row.verdict, row.evidence) == (Verdict.FAILED, "L2")
        assert proofs.of_row(row) == (SILENT, WELL)
        assert "âm ly không có tín hiệu" in proofs.reason(row)
        (alarm,) = session.scalars(select(Alarm))
        assert (alarm.code, alarm.station_id) == ("proof_L1", one)
        later = NOW + timedelta(days=1)
        proofs.warn(session, one, (FOLLOWS,), later)
        session.refresh(alarm)
        assert alarm.cleared_at == later
