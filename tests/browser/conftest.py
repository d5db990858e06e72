"""A real Chromium in front of the whole system, as the demonstration starts it."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from msgspec import structs
from playwright.sync_api import Browser, Page, StorageState, ViewportSize, sync_playwright

from controller.demo import sample
from controller.demo.free_ports import any_free_port
from controller.demo.layout import Layout, fresh_secrets
from controller.demo.village import Village, running
from controller.settings import Settings

SCREENSHOTS = Path(__file__).parents[2] / "screenshots"
PHONE: ViewportSize = {"width": 360, "height": 780}
DESK: ViewportSize = {"width": 1440, "height": 900}
SERIOUS = {"serious", "critical"}
NO_FAULT = ("422", "net::ERR_NETWORK_CHANGED")
"""What Chromium writes to its console and no page does wrong: a form sent back with its errors; an
interface of this machine that came or went under an open request, which the page asks anew."""


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    """Broker, controller, web and two stations, with people who have passwords."""
    layout = Layout(
        settings=structs.replace(
            Settings(),
            data=tmp_path_factory.mktemp("village"),
            stations_host="127.0.0.1",
            stations_port=any_free_port(),
            stations_broker_port=any_free_port(),
        ),
        web_port=any_free_port(),
        broker_port=any_free_port(),
        secrets=fresh_secrets(),
    )
    with running(layout, sample.stations(in_suoi_may=2, in_na_may=0), "null") as made:
        yield made


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium", path="/usr/bin")  # none: the one that Playwright brought
    with sync_playwright() as playwright:
        # as root Chromium refuses its sandbox; a container's /dev/shm is too small for it
        # and its microphone here is one that beeps
        switches = ["--no-sandbox", "--disable-dev-shm-usage", "--use-fake-device-for-media-stream"]
        started = playwright.chromium.launch(executable_path=found, args=switches)
        yield started
        started.close()


class Visitor:
    """Somebody at a screen; everything that their browser complains of fails the test."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._listen)

    def _listen(self, message: object) -> None:
        text = getattr(message, "text", "")
        if getattr(message, "type", "") == "error" and not any(each in text for each in NO_FAULT):
            self.complaints.append(text)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def sign_in(self, login: str, password: str) -> None:
        self.open("/dang-nhap")
        self.page.get_by_label("Tên đăng nhập").fill(login)
        self.page.get_by_label("Mật khẩu").fill(password)
        self.page.get_by_role("button", name="Đăng nhập").click()
        self.page.wait_for_url(self.address + "/")

    def press(self, name: str) -> None:
        """A button or a link, by its words."""
        exact = re.compile(rf"^\s*{re.escape(name)}\s*$")
        button = self.page.get_by_role("button", name=exact)
        (button if button.count() else self.page.get_by_role("link", name=exact)).first.click()

    def look(self, name: str) -> None:
        """The page as it is now, on a desk and on a phone: kept as pictures, none too wide."""
        SCREENSHOTS.mkdir(exist_ok=True)
        for size in (DESK, PHONE):
            self.page.set_viewport_size(size)
            width = size["width"]
            self.page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
            assert self.page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert self.complaints == [], name

    def check(self, name: str) -> None:
        """Look at the page, and let axe look for barriers on the phone."""
        self.look(name)
        self.meet_no_barrier(name)

    def meet_no_barrier(self, name: str) -> None:
        """At the size that the page has now; half a second each time."""
        barriers = [
            (each["id"], [node["html"] for node in each["nodes"]])
            for each in Axe().run(self.page).response["violations"]
            if each["impact"] in SERIOUS
        ]
        assert barriers == [], name


@pytest.fixture(scope="session")
def signed_in() -> dict[str, StorageState]:
    """The cookies of whoever has signed in once; each sign-in is a slow hash."""
    return {}


@pytest.fixture
def visit(
    chromium: Browser, village: Village, signed_in: dict[str, StorageState]
) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors with a phone: `visit("lanhdao.suoimay")`; without a login, one at the door;
    with `worker`, with what the app leaves in a browser."""
    contexts = []
    passwords = {each.login: each.password for each in village.logins}

    def make(login: str = "", *, worker: bool = False, **options: bool) -> Visitor:
        context = chromium.new_context(
            viewport=PHONE,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            storage_state=signed_in.get(login),
            # it would answer in place of the network that a test takes away
            service_workers="allow" if worker else "block",
            **options,
        )
        contexts.append(context)
        visitor = Visitor(context.new_page(), village.layout.web_address)
        if login and login not in signed_in:
            visitor.sign_in(login, passwords[login])
            signed_in[login] = context.storage_state()
        return visitor

    yield make
    for context in contexts:
        context.close()
