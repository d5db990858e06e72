"""A box of another maker that asks over HTTP, as a program: `polling_box.py URL USER SECRET DIR`.

It knows nothing of us but the documented rules, and believes the time that it is told. What it
holds lies in DIR; what it has played, a line each, in DIR/played.
"""

import base64
import hashlib
import json
import sys
import time
import urllib.request
from datetime import datetime
from pathlib import Path

PAUSE_S = 0.05  # a test does not wait as long as a village


class Box:
    """Asks, fetches, plays in no time, tells."""

    def __init__(self, url: str, user: str, secret: str, folder: Path) -> None:
        self._url, self._folder = url, folder
        word = base64.b64encode(f"{user}:{secret}".encode()).decode()
        self._headers = {"Authorization": f"Basic {word}"}

    def turn(self) -> None:
        """Ask once, and do what the answer says."""
        told = json.loads(self._get(f"{self._url}/thiet-bi/lich.json"))
        wanted = {entry["sha256"] for entry in told["play"]}
        for held in self._folder.glob("*.ogg"):
            if held.stem not in wanted:
                held.unlink()
        for entry in told["play"]:
            self._fetch(entry)
            now = datetime.fromisoformat(told["now"])
            if entry["interrupt"] or datetime.fromisoformat(entry["starts_at"]) <= now:
                self._play(entry)

    def _fetch(self, entry: dict[str, str]) -> None:
        file = self._folder / f"{entry['sha256']}.ogg"
        if not file.exists():
            body = self._get(entry["url"])
            assert hashlib.sha256(body).hexdigest() == entry["sha256"]
            file.write_bytes(body)

    def _play(self, entry: dict[str, str]) -> None:
        played = self._folder / "played"
        known = played.read_text().splitlines() if played.exists() else []
        if entry["airing"] not in known:
            self._tell(entry["airing"], "playing")
            self._tell(entry["airing"], "finished")
            with played.open("a") as file:
                file.write(f"{entry['airing']}\n")

    def _tell(self, airing: str, state: str) -> None:
        body = json.dumps({"results": [{"airing": airing, "state": state}]}).encode()
        self._get(f"{self._url}/thiet-bi/ket-qua", body)

    def _get(self, url: str, body: bytes | None = None) -> bytes:
        request = urllib.request.Request(url, body, self._headers)  # noqa: S310 - a test's address
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - the same
            return bytes(answer.read())


if __name__ == "__main__":
    box = Box(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4]))
    while True:
        box.turn()
        time.sleep(PAUSE_S)
