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


SHOWN = """async () => {
  const worker = await navigator.serviceWorker.ready;
  return (await worker.getNotifications()).map((each) => each.title);
}"""


@pytest.mark.parametrize(
    ("data", "title"),
    [
        ('{"kind":"waits"}', "Có bản tin chờ duyệt"),
        ('{"kind":"urgent"}', "Có tin khẩn cấp chờ duyệt"),
        ("?", "Có bản tin chờ duyệt"),
    ],
)
def test_a_push_says_that_something_waits(
    visit: Callable[..., Visitor], data: str, title: str
) -> None:
    leader = visit("lanhdao.suoimay", worker=True)
    page = leader.page
    leader.address = leader.address.replace("127.0.0.1", "localhost")
    page.context.grant_permissions(["notifications"], origin=leader.address)
    known: list[str] = []
    devtools = page.context.new_cdp_session(page)
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: known.extend(each["registrationId"] for each in told["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    leader.open("/dang-nhap")
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    message = {"origin": leader.address, "registrationId": known[-1], "data": data}
    devtools.send("ServiceWorker.deliverPushMessage", message)
    page.wait_for_function(f"async () => (await ({SHOWN})()).length")
    assert page.evaluate(SHOWN) == [title]


def test_the_page_of_pushes(visit: Callable[..., Visitor]) -> None:
    leader = visit("lanhdao.suoimay")
    leader.open("/bao-tin/")
    leader.check("pushes-elsewhere")
    leader.open("/duyet/")
    leader.check("pushes-queue")
    again = visit()
    again.address = again.address.replace("127.0.0.1", "localhost")
    cookies = [{**each, "domain": "localhost"} for each in leader.page.context.cookies()]
    again.page.context.add_cookies(cookies)  # type: ignore[arg-type]  # as given out
    again.open("/bao-tin/")
    expect(again.page.get_by_role("button", name="Báo vào máy này")).to_be_visible()
    again.check("pushes")
