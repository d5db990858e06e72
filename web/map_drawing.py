"""Map drawing: from degrees to places on a picture; pure.

No coast and no border is drawn, so none can be drawn wrong: the communes themselves, a point
each, show the shape of the country. The archipelagos of Hoàng Sa (đặc khu of Đà Nẵng) and Trường
Sa (đặc khu of Khánh Hòa) are always in it, under their names.
"""

from collections.abc import Iterable, Sequence
from math import cos, radians, sqrt

from msgspec import Struct

FAR_OUT_LON = 110.5
"""East of this lies no commune but those two; on the map of a province they have an inset."""

HOANG_SA, TRUONG_SA = "20333", "22736"


class Spot(Struct, frozen=True):
    """A point of the picture."""

    x: float
    y: float


class Frame(Struct, frozen=True):
    """A flat picture of a small part of the world: degrees of longitude shrunk by the latitude."""

    west: float
    north: float
    scale: float  # units of the picture a degree of latitude
    shrink: float
    margin: float
    width: float
    height: float

    def at(self, lat: float, lon: float) -> Spot:
        """Where a place lies, to a tenth."""
        x = self.margin + (lon - self.west) * self.shrink * self.scale
        y = self.margin + (self.north - lat) * self.scale
        return Spot(round(x, 1), round(y, 1))


def fit(points: Sequence[tuple[float, float]], width: float, tallest: float) -> Frame:
    """The largest picture of these (lat, lon) within a width and a height; one point lies in the
    middle of a square of a tenth of a degree.
    """
    margin = 24.0
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    south, north, west, east = min(lats), max(lats), min(lons), max(lons)
    shrink = cos(radians((south + north) / 2))
    tall, wide = max(north - south, 0.1), max((east - west) * shrink, 0.1)
    scale = min((width - 2 * margin) / wide, (tallest - 2 * margin) / tall)
    wide_left = (width - 2 * margin) / scale - wide
    return Frame(
        west=west - (wide_left / 2 + (wide - (east - west) * shrink) / 2) / shrink,
        north=north + (tall - (north - south)) / 2,
        scale=scale,
        shrink=shrink,
        margin=margin,
        width=width,
        height=round(tall * scale + 2 * margin, 1),
    )


def dots(frame: Frame, places: Iterable[tuple[float, float]]) -> str:
    """The path of an SVG that has a round point at each place; a fraction of as many circles."""
    spots = (frame.at(lat, lon) for lat, lon in places)
    return "".join(f"M{spot.x:g} {spot.y:g}h0" for spot in spots)


def radius(stations: int) -> float:
    """The area of a circle grows with the stations of its commune."""
    return round(min(14 + 2.6 * sqrt(stations), 32), 1)
