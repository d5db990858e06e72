"""What tests of other makers' boxes start from: a box of each kind, and the sample profile."""

import re
from pathlib import Path

from sqlalchemy.orm import Session

from controller.foreign import boxes, profile
from controller.foreign.boxes import Registered, Way
from controller.foreign.profile import Profile
from tests.controller.village import NOW, Village

PAGE = Path(__file__).parents[3] / "docs" / "field.md"


def sample_text() -> str:
    """The profile that the documentation shows."""
    (found,) = re.findall(r"```toml\n(name = .*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return str(found)


def sample() -> Profile:
    return profile.read(sample_text())


def polling(session: Session, v: Village, poll_s: int = 20) -> Registered:
    way = Way(poll_s=poll_s)
    return boxes.register(session, v.technician, v.suoi_may, "Loa chợ", way, now=NOW)


def speaking(session: Session, v: Village, device: str = "H7") -> Registered:
    way = Way(profile=sample(), device=device)
    return boxes.register(session, v.technician, v.suoi_may, "Loa đình", way, now=NOW)
