"""A real file system that is full, turns read-only or breaks under a running station."""

from pathlib import Path

import pytest

from contract import codec
from contract.reports import Ended, Started, State, Trouble
from contract.states import Cause
from station_agent.events import RecordingFetched
from tests.fakes.cut_disk import CutDisk
from tests.fakes.house import AT, SIREN, SOUND, House
from tests.fakes.issuer import Issuer


@pytest.fixture
def house(disk: CutDisk, issuer: Issuer) -> House:
    found = House(disk.root / "journal.db", issuer)
    item = issuer.item("a", AT, SOUND)
    found.run(RecordingFetched(SOUND.sha256), found.take(issuer.plan((item, SOUND))))
    return found


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


def sound_the_siren(house: House) -> None:
    house.issuer.now = house.clock.now
    siren = house.issuer.emergency("siren", SIREN)
    house.run(RecordingFetched(SIREN.sha256), house.take(siren))
    assert house.begun() == ["siren-1"]
    states = [codec.decode(State, payload) for payload in house.link.of("state")]
    assert ("disk",) in [state.troubles for state in states]


def is_told(house: House) -> None:
    assert any(
        isinstance(event, Started) and event.airing == "siren" for event in house.report_all()
    )


def let_the_item_pass(house: House) -> None:
    house.pass_time(300)
    assert ends(house) == []  # the disk has it first


def ends(house: House) -> list[Ended]:
    return [event for event in house.report_all() if isinstance(event, Ended)]


def test_a_full_disk(disk: CutDisk, house: House) -> None:
    ballast = disk.fill()
    while not house.records.unwritten:
        house.run(house.take(house.issuer.stop()))
    sound_the_siren(house)
    is_told(house)
    let_the_item_pass(house)
    house.records.close()
    house.start()  # the supervisor starts it again, and the disk is as full as before
    house.run()
    assert house.records.recall().plan is not None
    ballast.unlink()
    house.pass_time(20)
    house.run()
    assert not house.records.unwritten
    assert [(end.airing, end.cause) for end in ends(house)] == [("a", Cause.POWER)]
    house.records.close()


def test_a_disk_that_turns_read_only_and_is_still_so_after_a_restart(
    disk: CutDisk, issuer: Issuer
) -> None:
    house = House(disk.root / "journal.db", issuer)
    plan = issuer.plan((issuer.item("a", AT, SOUND), SOUND))
    house.run(RecordingFetched(SOUND.sha256), house.take(plan))
    house.records.close()
    disk.make_read_only()
    house.start()
    assert house.records.unwritten
    assert house.records.recall().highest == (1, plan.seq)
    house.run()
    sound_the_siren(house)
    is_told(house)
    house.records.close()
    disk.make_writable()
    house.start()
    assert not house.records.unwritten
    house.records.close()


def test_a_disk_that_breaks_under_way(disk: CutDisk, house: House, tmp_path: Path) -> None:
    disk.cut()
    house.pass_time(1)
    house.run(house.take(house.issuer.stop()))
    assert house.records.unwritten
    sound_the_siren(house)
    is_told(house)
    let_the_item_pass(house)
    house.records.close()
    disk.mend()
    house.start()
    assert not house.records.unwritten
    assert house.records.trouble == ""
    assert [(end.airing, end.cause) for end in ends(house)] == [("a", Cause.POWER)]
    house.records.close()


def test_a_recovered_disk_takes_up_what_stood_on_the_leaf(disk: CutDisk, house: House) -> None:
    ballast = disk.fill()
    while not house.records.unwritten:
        house.run(house.take(house.issuer.stop()))
    sound_the_siren(house)
    ballast.unlink()
    house.pass_time(20)
    house.run()
    assert not house.records.unwritten
    house.records.close()
    house.start()
    assert "siren" in house.records.recall().airings
    house.run()
    told = house.report_all()
    assert any(isinstance(event, Trouble) and event.code == "disk" for event in told)
    assert sum(isinstance(event, Started) for event in told) == 1
    house.records.close()
