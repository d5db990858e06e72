"""Positions: where provinces and communes lie, by their official codes."""

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from controller.store.seed import units


class Position(Struct, frozen=True):
    """A point inside a unit, degrees in WGS 84; `province` is the code of its province."""

    name: str
    province: str
    lat: float
    lon: float


@cache
def of_communes() -> Mapping[str, Position]:
    """By the five-digit codes of 2025 (controller/store/seed/README.md)."""
    return {
        row["code"]: Position(row["name"], row["parent"], float(row["lat"]), float(row["lon"]))
        for row in units.rows()
        if row["parent"]
    }


@cache
def of_provinces() -> Mapping[str, str]:
    """The names of the provinces by their codes."""
    return {row["code"]: row["name"] for row in units.rows() if not row["parent"]}
