"""The network goes away: the telephone says what still works, and goes on by itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120), pytest.mark.slow]

KEPT = """async () => {
  const names = await caches.keys();
  const urls = [];
  for (const name of names) {
    for (const request of await (await caches.open(name)).keys()) urls.push(request.url);
  }
  return { names, urls };
}"""


def test_without_a_network_the_page_says_so_and_goes_on(visit: Callable[..., Visitor]) -> None:
    visitor = visit("canbo.suoimay", worker=True)
    page = visitor.page
    visitor.open("/ban-tin/")
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    visitor.open("/lich/")
    page.context.set_offline(True)
    visitor.open("/ban-tin/?trang=1")
    expect(page.get_by_role("heading", name="Không có mạng")).to_be_visible()
    visitor.complaints = [said for said in visitor.complaints if "INTERNET" not in said]
    visitor.check("offline")
    kept = page.evaluate(KEPT)
    assert [name for name in kept["names"] if not name.startswith("shell-")] == []
    assert not [url for url in kept["urls"] if "/static/" not in url and "ngoai-tuyen" not in url]
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Bản tin", exact=True)).to_be_visible()
    assert page.url.endswith("/ban-tin/?trang=1")
