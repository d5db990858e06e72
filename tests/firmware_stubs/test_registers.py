"""Agent, firmware and document mean the same by every number of the register map."""

from pathlib import Path

from firmware_stubs import registers as board
from station_agent.hardware import registers as agent

DOCUMENT = Path(__file__).parents[2] / "docs" / "hardware.md"


def test_the_agent_knows_the_boards_numbers():
    for table, size in (
        (agent.Coil, board.COILS),
        (agent.Discrete, board.DISCRETES),
        (agent.Holding, board.HOLDINGS),
        (agent.Input, board.INPUTS),
    ):
        assert len(table) == size
        assert {entry.name: getattr(board, entry.name) for entry in table} == {
            entry.name: entry.value for entry in table
        }


def test_the_agent_knows_the_boards_line_key_and_limits():
    for name in ("ADDRESS", "BAUD", "SAFE", "ARM", "WATCHDOG_MAX_S", "NO_SENSOR"):
        assert getattr(agent, name) == getattr(board, name)
    assert set(agent.ARMED) == set(board.ARMED_COILS)


def test_the_document_has_a_line_for_every_number():
    rows = [line.strip("| ").split(" | ") for line in DOCUMENT.read_text("utf-8").splitlines()]
    sizes = {"coil": board.COILS, "discrete": board.DISCRETES}
    sizes |= {"holding": board.HOLDINGS, "input": board.INPUTS}
    documented = [(row[0], int(row[1])) for row in rows if row[0] in sizes]
    assert documented == [(table, n) for table, size in sizes.items() for n in range(size)]
