"""An airing ends once, also when the disk fails meanwhile and the power goes before it is well."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from contract.reports import Ended, Trouble
from contract.states import Cause, Class
from station_agent.errors import DiskFull, JournalError
from station_agent.events import RecordingFetched
from station_agent.journal import SqliteJournal
from station_agent.journal_port import Owed
from station_agent.records import Records
from station_agent.state import Memory
from tests.fakes.house import AT, SIREN, SOUND, House
from tests.fakes.issuer import MORNING, SECOND, Issuer


@pytest.fixture
def house(tmp_path: Path, issuer: Issuer) -> Iterator[House]:
    """One item is planned, and its recording there."""
    found = House(tmp_path / "journal.db", issuer)
    item = issuer.item("a", AT, SOUND)
    found.run(RecordingFetched(SOUND.sha256), found.take(issuer.plan((item, SOUND))))
    yield found
    found.records.close()


def come_to_the_start(house: House) -> None:
    house.pass_time((AT - house.clock.now).total_seconds() - 1)
    house.run()
    assert house.begun() == ["a-1"]


def ends(house: House) -> list[Ended]:
    """All that the server ever got."""
    return [event for event in house.report_all() if isinstance(event, Ended)]


def test_the_end_of_what_sounded_while_the_disk_was_full_is_told_when_it_is_mended(
    house: House,
) -> None:
    come_to_the_start(house)
    house.fill()
    house.play_on()
    over_at = house.clock.now
    assert ends(house) == []
    house.free()
    house.pass_time(20)
    assert [end.cause for end in ends(house)] == [Cause.FINISHED]
    (line,) = [line for line in house.server.values() if isinstance(line.event, Ended)]
    assert line.at == over_at


def test_an_end_that_went_with_the_power_while_the_disk_was_full_was_not_told_before(
    house: House,
) -> None:
    come_to_the_start(house)
    house.fill()
    house.play_on()
    house.report_all()
    house.cut_power()
    house.pass_time(20)
    assert [end.cause for end in ends(house)] == [Cause.POWER]


def test_what_a_full_disk_made_miss_is_not_missed_a_second_time_after_a_power_cut(
    house: House,
) -> None:
    house.fill()
    house.pass_time(600)
    house.report_all()
    house.cut_power()
    assert len(ends(house)) == 1


def test_an_emergency_cut_off_on_a_full_disk_sounds_again_and_ends_once(house: House) -> None:
    house.fill()
    siren = house.take(house.issuer.emergency("siren", SIREN))
    house.run(RecordingFetched(SIREN.sha256), siren)
    house.play_on()
    house.report_all()
    house.cut_power()
    house.run(RecordingFetched(SIREN.sha256), siren)  # it is a retained message
    assert len(house.begun()) == 1
    house.play_on()
    assert [end.airing for end in ends(house) if end.airing == "siren"] == ["siren"]


END = Ended(
    airing="a",
    bulletin="b",
    cls=Class.NORMAL,
    planned_at=MORNING,
    cause=Cause.FINISHED,
    played_samples=1,
    total_samples=1,
    underruns=0,
)


@pytest.mark.parametrize("kind", [JournalError, DiskFull])
@pytest.mark.parametrize("looks", [1, 2])
def test_a_commit_that_failed_and_yet_reached_the_disk_ends_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[JournalError], looks: int
) -> None:
    records = Records(tmp_path / "journal.db", MORNING)
    fails: list[object] = [None] * looks

    def failing(name: str) -> None:
        real = getattr(SqliteJournal, name)

        def late(self: SqliteJournal, *given: object) -> None:
            last = self.last
            real(self, *given)
            if fails:
                fails.pop()
                self.last = last
                raise kind("the disk said no, and kept it")

        monkeypatch.setattr(SqliteJournal, name, late)

    failing("commit")
    failing("take_over")
    with pytest.raises(JournalError):
        records.commit(Memory(), Memory(highest=(1, 1)), [END], [], MORNING)
    records.begin_leaf(MORNING)
    records.commit(Memory(), Memory(), [Trouble(code="disk", detail="x"), END], [], MORNING)
    for _ in range(looks):
        records.mend(Memory(highest=(1, 1)), MORNING)
    assert not records.unwritten
    own = records.after(Owed(records.id, 0))
    assert [(line.n, type(line.event)) for line in own] == [(1, Ended)]
    records.close()


@pytest.mark.parametrize("seed", range(12))
def test_whatever_comes_in_whatever_order_no_airing_ends_twice(
    tmp_path: Path, issuer: Issuer, seed: int
) -> None:
    """Full disk, free disk, power cuts, the server asking: drawn from a seed."""
    random = Random(seed)
    house = House(tmp_path / "journal.db", issuer)
    items = [issuer.item(f"i{n}", AT + n * 40 * SECOND, SIREN) for n in range(8)]
    plan = house.take(issuer.plan(*((item, SIREN) for item in items)))
    house.run(RecordingFetched(SIREN.sha256), plan)
    moves = [house.play_on, house.play_on, house.fill, house.free, house.cut_power]
    for _ in range(60):
        house.pass_time(random.uniform(0, 12))
        house.run(RecordingFetched(SIREN.sha256))
        random.choice([*moves, house.report_all])()
    house.cut_power()
    house.pass_time(1000)
    assert Counter(end.airing for end in ends(house)) == {item.airing: 1 for item in items}
    house.records.close()
