"""Page list: every page of the application that a province of the benchmark can show."""

import re
from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

from benchmarks.province import Made

NO_PAGES = frozenset(
    {"station_wall.stream", "report_paper.paper", "help.handbook_paper", "auth.sign_out"}
)
"""A stream that never ends, and paper that a child lays out."""


def pages(app: Flask, made: Made) -> dict[str, str]:
    """Addresses by what they are called here; who may not see one skips it."""
    things = {
        "bulletin_id": made.bulletin,
        "airing_id": made.airing,
        "station_id": made.station,
        "area_id": made.commune,
        "person_id": made.people["officer"],
        "slug": "bao-cao",
    }
    of_map = {rule.rule: _address(rule, things) for rule in _rules(app)}
    found = {name: address for name, address in of_map.items() if address}
    return {**found, **_narrowed(made)}


def _rules(app: Flask) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        is_page = "GET" in (rule.methods or ()) and not rule.rule.startswith(("/api/", "/static"))
        if is_page and rule.endpoint not in NO_PAGES:
            yield rule


def _address(rule: Rule, things: dict[str, str]) -> str:
    """ "" for one that names a thing that is not in the province."""
    if not set(rule.arguments) <= set(things):
        return ""
    return re.sub(r"<(?:[^:<>]*:)?(\w+)>", lambda found: things[found[1]], rule.rule)


def _narrowed(made: Made) -> dict[str, str]:
    """The same pages asked for otherwise."""
    return {
        "/lich/ (week)": f"/lich/?xem=tuan&noi={made.commune}",
        "/lich/ (list)": f"/lich/?xem=danh-sach&noi={made.commune}",
        "/tram-loa/ (broken)": "/tram-loa/?chi=hong",
        "/tram-loa/ (commune)": f"/tram-loa/?noi={made.commune}",
        "/tram-loa/tuong/ (commune)": f"/tram-loa/tuong/?noi={made.commune}",
        "/bao-cao/ (commune)": f"/bao-cao/?noi={made.commune}",
        "/bao-cao/ (all places)": "/bao-cao/?tat-ca=1",
        "/bao-cao/ket-noi/ (commune)": f"/bao-cao/ket-noi/?noi={made.commune}",
        "/tim (found)": "/tim?q=vệ sinh",
        "/tim (nothing)": "/tim?q=khong co dau het",
    }
