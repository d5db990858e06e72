"""`./run bar newcomer`: somebody new, from the start of an empty server to a notice that was heard.

The bar: at most 5 minutes of machine time and 15 interactions (taps counted by the browser itself;
typing is none), and what the virtual station played correlates at least 0.98 with the recording.
"""

import argparse
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.system.waves import decoded, likeness

ROOT = Path(__file__).parents[1]
LIKENESS, MINUTES, TAPS = 0.98, 5.0, 15
UP_WITHIN_S = 60.0
VOICED_MS, AIRED_MS = 120_000, 300_000

COUNT = "addEventListener('pointerdown', () => window.tapped(), {capture: true})"
OFFICER = ("Nguyễn Văn An", "an.quantri", "may cay den lua")
APPROVER = ("Lê Thị Hòa", "hoa.lanhdao", "trau den gam co")


Look = Callable[[Page, str], None]
"""Called with each page that was reached and a name for it."""


def nothing(_page: Page, _name: str) -> None:
    """Looks at nothing."""


@dataclass
class Walk:
    """What one walk through the first hour took."""

    taps: int = 0
    seconds: float = 0.0
    steps: list[str] = field(default_factory=list)
    likeness: float = 0.0

    def misses(self) -> list[str]:
        """What lies outside the bar, one sentence each."""
        checks = {
            f"{self.seconds / 60:.1f} minutes > {MINUTES}": self.seconds <= 60 * MINUTES,
            f"{self.taps} interactions > {TAPS}": self.taps <= TAPS,
            f"likeness {self.likeness:.3f} < {LIKENESS}": self.likeness >= LIKENESS,
        }
        return [text for text, kept in checks.items() if not kept]


def main() -> int:
    """The exit code: 0 when it is inside the bar."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pictures", type=Path, help="keep a picture of each page here")
    options = parser.parse_args()
    found = shutil.which("chromium", path="/usr/bin")
    with (
        tempfile.TemporaryDirectory(prefix="truyen-thanh-newcomer-") as folder,
        sync_playwright() as playwright,
    ):
        switches = ["--no-sandbox", "--disable-dev-shm-usage"]
        chromium = playwright.chromium.launch(executable_path=found, args=switches)
        done = walk(chromium, Path(folder), _pictures(options.pictures))
        chromium.close()
    for line in done.steps:
        print(line)
    print(f"{done.seconds:.0f} s, {done.taps} interactions, likeness {done.likeness:.4f}")
    missed = done.misses()
    print("\n".join(missed) if missed else "inside the bar")
    return 1 if missed else 0


def _pictures(folder: Path | None) -> Look:
    if folder is None:
        return nothing
    folder.mkdir(parents=True, exist_ok=True)

    def keep(page: Page, name: str) -> None:
        page.screenshot(path=folder / f"{name}.png", full_page=True)

    return keep


def walk(chromium: Browser, folder: Path, look: Look = nothing) -> Walk:
    """Start an empty server in `folder` and go all the way, as two people with a phone each."""
    done, begun = Walk(), time.monotonic()
    with started(folder / "var") as address:
        one = Person(chromium, done, begun, look)
        link = furnish(one, address)
        other = Person(chromium, done, begun, look)
        approve(other, link)
        done.likeness = heard(other, folder)
        done.seconds = time.monotonic() - begun
    return done


@contextmanager
def started(data: Path) -> Iterator[str]:
    """An empty server; gives the address that its console shows."""
    command = [sys.executable, "-m", "controller", "serve", "--data", str(data)]
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    try:
        yield _address(server)
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=UP_WITHIN_S)


def _address(server: subprocess.Popen[str]) -> str:
    assert server.stderr is not None
    for line in server.stderr:
        if found := re.search(r"http://\S+ma=\S+", line):
            return found[0]
    raise RuntimeError("the server ended before it showed an address")


class Person:
    """Somebody with a phone; every tap on it counts."""

    def __init__(self, chromium: Browser, done: Walk, begun: float, look: Look) -> None:
        self.context = chromium.new_context(
            viewport={"width": 360, "height": 780}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
        )
        self._done, self._begun, self._look = done, begun, look
        self.context.expose_function("tapped", self._tapped)
        self.context.add_init_script(COUNT)
        self.page: Page = self.context.new_page()

    def _tapped(self) -> None:
        self._done.taps += 1

    def press(self, name: str) -> None:
        """A button or link, by its words."""
        exact = re.compile(rf"^\s*{re.escape(name)}\s*$")
        button = self.page.get_by_role("button", name=exact)
        (button if button.count() else self.page.get_by_role("link", name=exact)).first.click()

    def fill(self, **fields: str) -> None:
        """Type into fields, by their names."""
        for name, text in fields.items():
            self.page.locator(f"[name={name}]").fill(text)

    def play(self, player: str) -> None:
        """Tap on the player, unless it began by itself; until it sounds."""
        found = self.page.locator(player)
        if found.evaluate("player => player.paused"):
            before = self._done.taps
            found.click(position={"x": 24, "y": 27})  # where Chromium's own controls have it
            self._done.taps = before + 1  # which keep the tap to themselves
        self.page.wait_for_timeout(500)
        assert found.evaluate("player => player.currentTime > 0"), "it does not sound"

    def tell(self, what: str) -> None:
        """What was reached, after how long and how many taps."""
        seconds, taps = time.monotonic() - self._begun, self._done.taps
        self._done.steps.append(f"{seconds:6.1f} s {taps:3} taps  {what}")
        self._look(self.page, f"newcomer-{len(self._done.steps):02}")


def furnish(one: Person, address: str) -> str:
    """The first start, up to the first notice; gives the colleague's invitation."""
    page = one.page
    page.goto(address)
    one.tell("the first page")
    name, login, password = OFFICER
    one.fill(name=name, login=login, password=password)
    one.press("Tạo tài khoản")
    one.tell("an account")
    one.press("Tỉnh Lào Cai")
    one.tell("the province")
    page.get_by_label("Xã Sa Pa", exact=False).or_(page.get_by_role("checkbox").first).first.click()
    one.press("Tiếp tục")
    one.tell("the commune")
    one.press("Tiếp tục")
    one.tell("the permitted hours")
    name, login, _ = APPROVER
    one.fill(name=name, login=login)
    one.press("Mời người duyệt")
    link = page.get_by_label("Đường dẫn đặt mật khẩu lần đầu").input_value()
    one.tell("a colleague")
    one.press("Thêm cụm loa")
    one.tell("a virtual station")
    one.press("Nghe thử")
    expect(page.locator("#player")).to_be_visible(timeout=VOICED_MS)
    one.play("#player")
    expect(page.get_by_label("Tôi đã nghe hết bản tin")).to_be_checked(timeout=VOICED_MS)
    one.tell("the notice was listened to")
    one.press("Gửi duyệt và bắt đầu dùng")
    expect(page.get_by_role("heading", name="Loa ảo")).to_be_visible()
    one.tell("sent")
    return link


def approve(other: Person, link: str) -> None:
    """The colleague sets a password, signs in, and decides."""
    page = other.page
    page.goto(link)
    _, login, password = APPROVER
    other.fill(password=password)
    other.press("Lưu mật khẩu")
    other.fill(login=login, password=password)
    other.press("Đăng nhập")
    other.tell("the colleague is in")
    page.locator("a.row-line").first.click()
    other.press("Duyệt")
    expect(page.get_by_role("heading", name="Loa ảo")).to_be_visible()
    other.tell("approved")


def heard(other: Person, folder: Path) -> float:
    """Wait until it was played and hear it: how like the recording it is, 0 to 1."""
    player = other.page.locator("audio[id^=heard-]")
    expect(player).to_be_visible(timeout=AIRED_MS)
    expect(other.page.get_by_text("Đã phát").first).to_be_visible()
    other.play("audio[id^=heard-]")
    other.tell("heard")
    original = other.page.locator("#player").get_attribute("src")
    files = {"played.wav": player.get_attribute("src"), "recording.ogg": original}
    for name, address in files.items():
        got = other.context.request.get(str(re.sub(r"^/", _origin(other), str(address))))
        assert got.ok, (name, got.status)
        (folder / name).write_bytes(got.body())
    return likeness(decoded(folder / "played.wav"), decoded(folder / "recording.ogg"))


def _origin(person: Person) -> str:
    found = re.match(r"https?://[^/]+/", person.page.url)
    assert found
    return found[0]


if __name__ == "__main__":
    sys.exit(main())
