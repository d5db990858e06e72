"""Source form: what was typed about a source of relays, kept as typed, and what it means."""

from msgspec import Struct
from werkzeug.datastructures import MultiDict

from controller.errors import Invalid
from controller.model import RelaySource, SourceKind
from controller.relays.changing import Entered


class Typed(Struct, kw_only=True):
    """The fields of the page."""

    name: str = ""
    owner: str = ""
    address: str = ""
    area: str = ""


def typed(form: MultiDict[str, str]) -> Typed:
    """What was sent, whatever it is."""
    return Typed(**{name: form.get(name, "") for name in Typed.__struct_fields__})


def of(row: RelaySource) -> Typed:
    """A source as typed fields."""
    return Typed(name=row.name, owner=row.owner, address=row.address, area=row.area_id)


def entered(given: Typed) -> Entered:
    """The source that the fields mean, good or not."""
    return Entered(
        area_id=given.area,
        name=given.name,
        owner=given.owner,
        kind=SourceKind.STREAM,
        address=given.address,
    )


def errors(found: Invalid) -> dict[str, str]:
    """What to show at each input."""
    return {problem.field: problem.message for problem in found.problems}
