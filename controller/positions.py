"""Positions: where provinces and communes lie, by their official codes."""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from msgspec import Struct


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
        for row in _rows()
        if row["parent"]
    }


@cache
def of_provinces() -> Mapping[str, str]:
    """The names of the provinces by their codes."""
    return {row["code"]: row["name"] for row in _rows() if not row["parent"]}


def _rows() -> Iterator[dict[str, str]]:
    file = resources.files("controller.store.seed").joinpath("units.csv")
    yield from csv.DictReader(file.read_text(encoding="utf-8").splitlines())
