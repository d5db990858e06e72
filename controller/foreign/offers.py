"""Offers: what each box of another maker may hold now, and the record of what it was given."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from contract import messages
from contract.ids import StationId
from contract.messages import Sound
from contract.states import Class
from contract.windows import Window
from controller import areas
from controller.areas import local_day
from controller.fleet import Chain
from controller.foreign import slots, standing_orders
from controller.foreign.adapters import adapter_of
from controller.foreign.due import Due, read_due, under
from controller.foreign.ports import Offer
from controller.foreign.slots import LATE_LIMIT, SLACK, Choice, Moment
from controller.model import Airing, ForeignBox, ForeignOffer, JournalLine, Order, Station
from controller.station_sound import read_sounds_of


class Place(Struct, frozen=True):
    """Where a box stands: its areas, nearest first, and itself; the hours it may sound."""

    names: Chain
    windows: tuple[Window, ...]


class Given(Struct, frozen=True):
    """What a box was given, and when its recording is over when nobody stops it."""

    row: ForeignOffer
    sounds_until: datetime

    @property
    def airing(self) -> str:
        """Its id."""
        return self.row.airing_id

    def must_stop(self, now: datetime) -> bool:
        """Whether it is to be told so, when it holds it no more. Pure."""
        return now < max(self.row.ends_at, self.sounds_until)

    @property
    def is_open(self) -> bool:
        """Whether the box may believe that it holds it."""
        return self.row.withdrawn_at is None


class Scene(Struct, frozen=True):
    """All that is asked of the database for many boxes at once."""

    now: datetime
    due: Due
    orders: Sequence[tuple[Order, messages.Order]]
    places: Mapping[str, Place]
    given: Mapping[str, Sequence[Given]]
    ended: Mapping[str, Collection[str]]
    sounds: Mapping[StationId, Sound]


def read_scene(session: Session, boxes: Sequence[ForeignBox], now: datetime) -> Scene:
    """What may sound on these boxes now and in the time that they are told of ahead."""
    ahead = max((adapter_of(box).ahead for box in boxes), default=timedelta())
    return read_span(session, boxes, now, now + ahead, now=now)


def read_span(
    session: Session,
    boxes: Sequence[ForeignBox],
    since: datetime,
    until: datetime,
    *,
    now: datetime,
) -> Scene:
    """What was or is to sound on these boxes at some time in [since, until]."""
    names = [box.station_id for box in boxes]
    due = read_due(session, since, until + timedelta(microseconds=1))
    given = _given(session, names, since)
    airings = {one.slot.airing for each in due.values() for one in each}
    airings |= {one.airing for each in given.values() for one in each}
    return Scene(
        now=now,
        due=due,
        orders=standing_orders.read_orders(session, now),
        places=read_places(session, names, now),
        given=given,
        ended=_ended(session, names, airings),
        sounds=read_sounds_of(session, names),
    )


def offer(box: ForeignBox, scene: Scene) -> Offer:
    """What this box may hold. Pure."""
    given = scene.given.get(box.station_id, ())
    choice = choose(box, scene, scene.now + adapter_of(box).ahead)
    holds = {slot.airing for slot in choice.slots}
    place = scene.places[box.station_id]
    ordered = standing_orders.standing(scene.orders, place.names).volume
    ended = scene.ended.get(box.station_id, ())
    sound = scene.sounds.get(StationId(box.station_id), Sound())
    return Offer(
        station=box.station_id,
        now=scene.now,
        slots=choice.slots,
        fresh=frozenset(holds - {one.airing for one in given}),
        given={one.airing: one.row.given_at for one in given},
        gone=tuple(
            one.airing
            for one in given
            if one.is_open and one.must_stop(scene.now) and one.airing not in {*holds, *ended}
        ),
        volume=standing_orders.volume(sound, ordered, scene.now),
        loudest=sound.emergency,
    )


def choose(box: ForeignBox, scene: Scene, until: datetime) -> Choice:
    """What of the due may sound on this box, begun before `until`."""
    place, given = scene.places[box.station_id], scene.given.get(box.station_id, ())
    withdrawn = {one.airing for one in given if not one.is_open}
    moment = Moment(
        now=scene.now,
        windows=place.windows,
        stopped_at=standing_orders.standing(scene.orders, place.names).stopped_at,
        given={one.airing: one.row.given_at for one in given},
        ended={*scene.ended.get(box.station_id, ()), *withdrawn},
    )
    candidates = [one for one in under(scene.due, place.names) if one.slot.starts_at <= until]
    return slots.choose(candidates, moment)


def give(session: Session, offer: Offer, tickets: Mapping[str, str]) -> None:
    """Write down what is given and what is taken back; `tickets` are hashes by airing."""
    for slot in offer.slots:
        if slot.airing in offer.fresh:
            session.add(
                ForeignOffer(
                    station_id=offer.station,
                    airing_id=slot.airing,
                    given_at=offer.now,
                    ends_at=slot.ends_at,
                    ticket_hash=tickets.get(slot.airing, ""),
                )
            )
    for airing in offer.gone:
        session.get_one(ForeignOffer, (offer.station, airing)).withdrawn_at = offer.now
    session.flush()
    standing_orders.handed_over(session, session.get_one(ForeignBox, offer.station), offer)


def hand(session: Session, station: str, now: datetime) -> Offer:
    """What a box may hold, given: one at a time, so that asking twice at once gives once."""
    box = session.get_one(ForeignBox, station, with_for_update=True)
    found = offer(box, read_scene(session, [box], now))
    give(session, found, {})
    return found


def read_places(session: Session, stations: Sequence[str], now: datetime) -> dict[str, Place]:
    """Where these stations stand today."""
    today = local_day(now)
    query = select(Station.id, Station.area_id).where(Station.id.in_(stations))
    homes = {station: area for station, area in session.execute(query)}  # noqa: C416 - typed rows
    wanted = set(homes.values())
    lineages = areas.lineages(session, wanted, today)
    windows = areas.permitted_windows(session, wanted, today)
    return {
        station: Place((*lineages[area], station), windows[area]) for station, area in homes.items()
    }


def _given(session: Session, stations: Sequence[str], since: datetime) -> dict[str, list[Given]]:
    """What was not over then, also when its airing is not due there any more.

    What is cut at its end sounds on until it is stopped: it is looked for a little longer.
    """
    cut = and_(
        ForeignOffer.withdrawn_at.is_(None),
        Airing.cls != Class.EMERGENCY,
        Airing.ends_at > since - LATE_LIMIT,
    )
    query = (
        select(ForeignOffer, Airing)
        .join(Airing, Airing.id == ForeignOffer.airing_id)
        .where(ForeignOffer.station_id.in_(stations), or_(ForeignOffer.ends_at > since, cut))
    )
    found: dict[str, list[Given]] = defaultdict(list)
    for row, airing in session.execute(query):
        found[row.station_id].append(Given(row, _sounds_until(row, airing)))
    return found


def _sounds_until(row: ForeignOffer, airing: Airing) -> datetime:
    """A few seconds late it may end as late; later than SLACK it is cut at its end."""
    late = row.given_at - airing.starts_at
    return airing.ends_at + late if late > SLACK else airing.ends_at


def _ended(
    session: Session, stations: Sequence[str], airings: Collection[str]
) -> dict[str, set[str]]:
    """What the boxes said is over."""
    query = select(JournalLine.station_id, JournalLine.airing_id).where(
        JournalLine.station_id.in_(stations),
        JournalLine.airing_id.in_(airings),
        JournalLine.type == "ended",
    )
    found: dict[str, set[str]] = defaultdict(set)
    for station, airing in session.execute(query):
        found[station].add(airing or "")
    return found
