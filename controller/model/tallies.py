"""Tallies: verdicts counted by airing and place, so that a report reads thousands, not millions."""

from sqlalchemy import BigInteger, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from contract.states import Verdict
from controller.model.columns import Row


class Tally(Row):
    """How many stations of a place have one verdict on one airing; `controller.tally` keeps it."""

    __tablename__ = "tally"

    airing_id: Mapped[str] = mapped_column(ForeignKey("airing.id"), primary_key=True)
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"), primary_key=True)  # the stations'
    verdict: Mapped[Verdict] = mapped_column(String(12), primary_key=True)
    cause: Mapped[str] = mapped_column(String(20), primary_key=True)  # "": none is known
    stations: Mapped[int] = mapped_column(Integer)
    late: Mapped[int] = mapped_column(Integer)  # of them heard, but begun late
    asked_ms: Mapped[int] = mapped_column(BigInteger)  # all these stations together
    played_samples: Mapped[int] = mapped_column(BigInteger)  # heard, at 48 kHz
