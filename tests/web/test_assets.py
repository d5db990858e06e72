"""Static files: vendored as they came, light enough for a phone, cached for ever by content."""

import gzip
import hashlib
import json
import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from controller.demo import sample
from controller.demo.seeding import area_id
from tests.web.browser import Browser
from tests.web.caller import Caller
from tests.web.test_walls import OF_ALL, THINGS, addresses
from web.assets import FOLDER
from web.parts import parts as app_parts

VENDOR = FOLDER / "vendor"
FIRST_LOAD_BYTES = 200_000
"""A page must open on a village's mobile net."""


def test_every_vendored_file_is_the_one_of_its_package() -> None:
    manifest = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
    listed = {
        f"{folder}/{name}": sha256
        for folder, package in manifest.items()
        for name, sha256 in package["files"].items()
    }
    there = {
        str(file.relative_to(VENDOR)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in VENDOR.rglob("*")
        if file.is_file() and file.name != "manifest.json"
    }
    assert there == listed
    for folder, package in manifest.items():
        assert folder.endswith(f"-{package['version']}")
        assert (VENDOR / folder / "LICENSE").is_file()


def loaded(browser: Browser, page: str, parts: dict[str, int]) -> int:
    """The bytes that a phone fetches for a page; `parts` remembers those of each address.

    The page itself as a proxy compresses it. 0 for what is no page.
    """
    answer = browser.get(page)
    if answer.mimetype != "text/html":
        return 0
    sum_ = len(gzip.compress(answer.data))
    for url in set(re.findall(r'(?:src|href)="(/static/[^"#]+)', answer.text)):
        if url not in parts:
            part = browser.get(url, headers={"Accept-Encoding": "gzip"})
            assert part.status_code == 200, url
            parts[url] = len(part.data)
        sum_ += parts[url]
    fonts = (VENDOR / "be-vietnam-pro-5.3.0").glob("*.woff2")
    return sum_ + sum(font.stat().st_size for font in fonts)


def test_the_first_load_of_every_page_fits_a_slow_net(app: Flask) -> None:
    """Of the pages that name a thing, one each."""
    with app.app_context():
        store = app_parts().store
    with store.reading() as session:
        place = area_id(session, sample.SUOI_MAY)
        pages = {
            addresses(session, rule, place)[0] if rule.arguments else rule.rule
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ()) and is_page(rule)
        }
    browser, parts = Caller(app, place, "may.cham").browser, {}
    sizes = {page: loaded(browser, page, parts) for page in pages}
    assert sum(size > 0 for size in sizes.values()) > 50
    heavy = {page: size for page, size in sizes.items() if size > FIRST_LOAD_BYTES}
    assert heavy == {}


def is_page(rule: Rule) -> bool:
    if rule.rule.startswith(("/static/", "/api/", "/loa-ngoai/")) or rule.endpoint in OF_ALL:
        return False
    if rule.endpoint == "station_wall.stream":  # has no end
        return False
    return not rule.arguments or not set(rule.arguments) - set(THINGS)


def test_text_is_compressed_for_who_can_read_it(browser: Browser) -> None:
    url = "/static/styles/pieces.css"
    plain = browser.get(url)
    zipped = browser.get(url, headers={"Accept-Encoding": "gzip"})
    assert zipped.content_encoding == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert plain.headers["ETag"] != zipped.headers["ETag"]
    again = browser.get(url, headers={"If-None-Match": plain.headers["ETag"]})
    assert again.status_code == 304


def test_an_address_with_its_content_is_kept_for_ever(browser: Browser) -> None:
    page = browser.get("/dang-nhap").text
    (url,) = re.findall(r'href="(/static/styles/tokens[^"]+)"', page)
    assert "immutable" in browser.get(url).headers["Cache-Control"]
    assert "max-age=0" in browser.get("/static/styles/tokens.css").headers["Cache-Control"]


@pytest.mark.parametrize("name", ["../wsgi.py", "%2e%2e/wsgi.py", "", "khong-co.css", "styles"])
def test_nothing_outside_the_folder_is_served(browser: Browser, name: str) -> None:
    assert browser.get(f"/static/{name}").status_code == 404


def test_every_icon_that_a_page_names_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([a-z-]+)"', (FOLDER / "icons.svg").read_text()))
    named: set[str] = set()
    for template in (FOLDER.parent / "templates").rglob("*.html"):
        named |= set(re.findall(r"icon\('([a-z-]+)'\)", template.read_text(encoding="utf-8")))
    named |= set(re.findall(r'Word\("[^"]+", "([a-z-]+)"', words_source()))
    assert named <= drawn


def words_source() -> str:
    return (FOLDER.parent / "words.py").read_text(encoding="utf-8")
