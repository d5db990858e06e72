"""Proofs of an airing on a station: kept with its verdict, told to people, and raised as alarms."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UnsetType
from sqlalchemy.orm import Session

from contract.proofs import PROOFS, Agrees, Proof, silencing
from contract.reports import Ended
from contract.states import Cause
from contract.telling import CAUSES
from controller.alarms import clear_alarms, sound_alarm
from controller.model import StationVerdict

ALARM = "proof_"
"""With the level: what one airing has shown, the next one may show to be over."""


def of_line(ended: Ended) -> tuple[Proof, ...]:
    """Those that came with a last line."""
    return () if isinstance(ended.proofs, UnsetType) else ended.proofs


def of_row(row: StationVerdict) -> tuple[Proof, ...]:
    """Those that were kept."""
    return msgspec.convert(row.proofs or [], tuple[Proof, ...])


def kept(proofs: Iterable[Proof]) -> list[Any]:
    """As they are kept."""
    return [msgspec.to_builtins(proof) for proof in proofs]


def reason(row: StationVerdict) -> str:
    """Why it ended, or why nothing was heard though it was played; "" while it is pending."""
    unheard = silencing(of_row(row))
    if unheard is not None:
        return PROOFS[unheard.code]
    return CAUSES[Cause(row.cause)] if row.cause else ""


def tell(evidence: str | None, proofs: Iterable[Proof]) -> str:
    """What a verdict rests on, in Vietnamese; "" when it rests on nothing that we know of."""
    if evidence is None or not evidence.startswith("L"):
        return ""
    found = [PROOFS.get(proof.code, proof.code) for proof in proofs]
    sentence = "; ".join(found) or "bộ phát báo đã phát, không đo được ở loa"
    return f"Minh chứng {evidence}: {sentence}"


def warn(session: Session, station: str, proofs: Iterable[Proof], now: datetime) -> None:
    """An alarm for each that speaks against the airing; over when one of its level bears it out."""
    for proof in proofs:
        code = f"{ALARM}{proof.level}"
        if proof.agrees is Agrees.NO:
            told = PROOFS.get(proof.code, proof.code)
            sound_alarm(session, code, f"{told[0].upper()}{told[1:]}.", now, station)
        elif proof.agrees is Agrees.YES:
            clear_alarms(session, code, [station], now)
