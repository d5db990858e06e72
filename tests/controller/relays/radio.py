"""A source of relays and a bulletin that takes it over."""

from sqlalchemy.orm import Session

from controller.model import Bulletin, RelaySource, SourceKind
from controller.permissions import Who
from controller.ports import Signer
from controller.relays import changing
from controller.relays.changing import Entered
from tests.controller.air import approve
from tests.controller.village import NOW, Village

ADDRESS = "http://vov.example/vov1"
HALF_AN_HOUR = 1_800


def given(v: Village, **changes: object) -> Entered:
    facts: dict[str, object] = {
        "area_id": v.zone,
        "name": "VOV1",
        "owner": "Đài Tiếng nói Việt Nam",
        "kind": SourceKind.STREAM,
        "address": ADDRESS,
    }
    return Entered(**{**facts, **changes})  # type: ignore[arg-type]  # a test knows its types


def source(session: Session, v: Village, who: Who | None = None, **changes: object) -> RelaySource:
    return changing.add(session, who or v.staff, given(v, **changes), private=(), now=NOW)


def relay(session: Session, v: Village, signer: Signer, **changes: object) -> Bulletin:
    """A relay that everybody has agreed to, daily from five to half past."""
    of = source(session, v)
    facts = {"relay_source": of.id, "relay_s": HALF_AN_HOUR, "title": "Tiếp sóng VOV1"}
    return approve(session, v, signer, **{**facts, **changes})
