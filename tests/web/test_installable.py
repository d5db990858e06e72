"""What a telephone installs: name and pictures, and a frame that holds nothing of anybody."""

import json
import re

import pytest

from tests.web.browser import Browser
from web.assets import FOLDER

PNG = b"\x89PNG\r\n\x1a\n"


def shell(browser: Browser) -> list[str]:
    found = re.search(r"^const SHELL = (.*);$", browser.get("/sw.js").text, re.MULTILINE)
    assert found
    listed: list[str] = json.loads(found[1])
    return listed


def test_the_manifest_names_pictures_of_their_size(browser: Browser) -> None:
    answer = browser.get("/ung-dung.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    told = json.loads(answer.text)
    assert (told["lang"], told["display"], told["start_url"]) == ("vi", "standalone", "/")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        picture = browser.get(icon["src"]).data
        assert picture.startswith(PNG)
        width, height = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
        assert icon["sizes"] == f"{width}x{height}"
    assert 'rel="manifest" href="/ung-dung.webmanifest"' in browser.get("/dang-nhap").text


def test_what_the_worker_keeps_is_there_for_anybody(browser: Browser) -> None:
    worker = browser.get("/sw.js")
    assert worker.mimetype == "text/javascript"
    assert "no-cache" in worker.headers["Cache-Control"]
    kept = shell(browser)
    assert kept[0] == "/ngoai-tuyen"
    for url in kept:
        assert browser.get(url).status_code == 200, url
    drawn_with = re.findall(r'(?:src|href)="(/static/[^"#]+)', browser.get("/ngoai-tuyen").text)
    assert {url for url in drawn_with if not url.startswith("/static/icons/")} <= set(kept)


def test_the_page_without_a_network_is_nobodys(browser: Browser, officer: Browser) -> None:
    def alike(page: str) -> str:
        return re.sub(r'nonce="[^"]+"', "", page)

    mine, anybodys = officer.get("/ngoai-tuyen"), browser.get("/ngoai-tuyen")
    assert alike(mine.text) == alike(anybodys.text)
    assert "Set-Cookie" not in anybodys.headers
    assert "Lan" not in mine.text
    assert "csrf" not in mine.text


@pytest.mark.parametrize("word", ["worker-src 'self'", "manifest-src 'self'"])
def test_the_policy_lets_our_own_worker_in(browser: Browser, word: str) -> None:
    assert word in browser.get("/dang-nhap").headers["Content-Security-Policy"]


def test_the_worker_puts_no_page_away() -> None:
    source = (FOLDER / "scripts" / "service_worker.js").read_text(encoding="utf-8")
    assert ".put(" not in source
    assert source.count("addAll") == 1
