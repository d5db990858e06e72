"""The comparison with the public tools: ours as a process, and a tool that does not start."""

import sys
from pathlib import Path

import pytest

from benchmarks.speech.grammar import parse
from benchmarks.speech.items import Item
from benchmarks.speech.peers import LEFT_OUT, OURS, READERS
from benchmarks.speech.side_by_side import answers_of, measure, table

ITEMS = [
    Item("date", "ngày 5/4/2026", parse("ngày năm tháng tư năm hai nghìn (linh|) sáu"), "date:1"),
    Item("abbr", "UBND xã", parse("ủy ban nhân dân xã"), "abbr:1"),
]
PEERS = Path(__file__).parents[2] / "benchmarks" / "speech" / "peers.txt"


def test_our_own_reader_answers_as_a_process() -> None:
    measured = measure(OURS, sys.executable, ITEMS, ["Xin chào."])
    assert measured is not None
    assert [judged.passed for judged in measured.judgements] == [False, True]
    assert (measured.texts, measured.characters, measured.errors) == (3, 29, 0)
    rows = table([measured])
    assert "| date | 1 | 0 |" in rows
    assert "| **total passed** | 2 | 1 |" in rows


def test_a_tool_that_does_not_start_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert measure("sea-g2p", str(tmp_path / "none"), ITEMS, []) is None
    assert "not measured: sea-g2p" in capsys.readouterr().out


def test_a_process_that_stops_early_is_no_answer() -> None:
    stops = [sys.executable, "-c", "import sys; print('{}'); sys.exit('no model')"]
    with pytest.raises(ValueError, match="no model"):
        answers_of(stops, ["một"])


def test_every_tool_that_is_installed_is_measured_and_none_of_those_left_out() -> None:
    lines = PEERS.read_text(encoding="utf-8").splitlines()
    installed = {line.partition("==")[0] for line in lines if "==" in line}
    assert set(READERS) - {OURS} == installed - {"docopt", "PyYAML"}
    assert not {name.split()[0] for name in LEFT_OUT} & installed
