"""Source form: what was typed about a source of relays, kept as typed, and what it means."""

from msgspec import Struct
from werkzeug.datastructures import MultiDict

from controller.model import RelaySource, SourceKind
from controller.relays.addresses import is_input, split
from controller.relays.changing import Entered


class Typed(Struct, kw_only=True):
    """The fields of the page."""

    name: str = ""
    owner: str = ""
    way: str = ""  # how it comes: "" over the internet, or an input of the station
    address: str = ""
    hosts: str = ""  # further ones that the stream leads to
    area: str = ""


def typed(form: MultiDict[str, str]) -> Typed:
    """What was sent, whatever it is."""
    return Typed(**{name: form.get(name, "") for name in Typed.__struct_fields__})


def of(row: RelaySource) -> Typed:
    """A source as typed fields."""
    is_input = row.kind == SourceKind.INPUT
    way, whole = (row.address, "") if is_input else ("", row.address)
    address, hosts = split(whole)
    return Typed(
        name=row.name,
        owner=row.owner,
        way=way,
        address=address,
        hosts=", ".join(hosts),
        area=row.area_id,
    )


def entered(given: Typed) -> Entered:
    """The source that the fields mean, good or not."""
    stream, hosts = "".join(given.address.split()), given.hosts.replace(",", " ")
    address = given.way or f"{stream} {hosts}" if stream else given.way
    return Entered(
        area_id=given.area,
        name=given.name,
        owner=given.owner,
        kind=SourceKind.INPUT if is_input(address) else SourceKind.STREAM,
        address=address,
    )
