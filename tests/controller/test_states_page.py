"""The documented state tables are those of the contract."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from contract.states import TABLES, AiringState, BulletinState, OrderState, Verdict

PAGE = Path(__file__).resolve().parents[2] / "docs" / "decisions" / "0004-states.md"


def rendered(moves: Mapping[Any, frozenset[Any]]) -> str:
    lines = ["| from | to |", "|---|---|"]
    for old, targets in moves.items():
        order = [state for state in moves if state in targets]
        lines.append(f"| {old} | {', '.join(order) or '(final)'} |")
    return "\n".join(lines)


@pytest.mark.parametrize("kind", [BulletinState, AiringState, OrderState, Verdict])
def test_the_page_shows_the_moves_of(kind: type[StrEnum]) -> None:
    assert rendered(TABLES[kind][0]) in PAGE.read_text(encoding="utf-8")
