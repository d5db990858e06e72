"""A verdict is shown with what it rests on; one that measurements speak against says why."""

import pytest

from contract.proofs import AMPLIFIER_SILENT, LINE_WELL, Agrees, Proof
from contract.reports import Ended
from contract.states import AiringState, Cause, Class, Verdict
from controller import proofs, stations, verdict_ledger
from controller.model import StationVerdict
from tests.controller.village import NOW
from tests.web.writing import airing_now, approved

SILENT = Proof(level="L1", agrees=Agrees.NO, code=AMPLIFIER_SILENT, score=0.02)
WELL = Proof(level="L2", agrees=Agrees.YES, code=LINE_WELL, score=1.0)


@pytest.fixture
def station(store, village):
    with store.writing() as session:
        return stations.register(session, None, village.suoi_may, "Loa chợ", now=NOW).station.id


def test_an_airing_through_a_dead_amplifier_is_shown_as_failed_and_why(
    officer, store, media, village, station
):
    decision = approved(store, media, village)
    airing_now(store, decision, village.suoi_may, AiringState.STARTED)
    with store.writing() as session:
        session.add(
            StationVerdict(
                airing_id="airing-1", station_id=station, verdict=Verdict.PENDING, planned_at=NOW
            )
        )
        session.flush()
        ended = Ended(
            airing="airing-1",
            bulletin="b",
            cls=Class.NORMAL,
            planned_at=NOW,
            cause=Cause.FINISHED,
            played_samples=48_000,
            total_samples=48_000,
            started_at=NOW,
            ended_at=NOW,
            evidence="L2",
            proofs=(SILENT, WELL),
        )
        verdict_ledger.apply(session, [(station, ended)], NOW)
    for path in ("/dang-phat/airing-1", f"/tram-loa/{station}/vi-sao/airing-1"):
        page = officer.get(path).text
        assert "âm ly không có tín hiệu: dòng điện không tăng khi phát" in page
        assert "Minh chứng L2" in page
        assert "đường dây loa bình thường" in page
        assert "Lỗi" in page
    with store.reading() as session:
        row = session.get_one(StationVerdict, ("airing-1", station))
        assert proofs.of_row(row) == (SILENT, WELL)
