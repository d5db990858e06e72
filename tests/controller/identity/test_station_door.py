"""A box from its first start: claimed by a code, renewed, refused; over real TLS, by gunicorn."""

import http.client
import os
import shutil
import ssl
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contract.diagnosis import path_of
from contract.settings import Secret
from controller import diagnoses, stations
from controller.demo.free_ports import any_free_port
from controller.identity import certificates, claims
from controller.identity.authority import Authority
from controller.identity.code import pin_of, spelled
from controller.settings import Settings
from controller.store import Store
from controller.store.prepare import prepare
from station_agent.__main__ import main as station
from station_agent.checks import server as checks
from station_agent.checks.finding import Level
from station_agent.download import Media
from station_agent.errors import BadIdentity, FetchError
from station_agent.identity import server
from station_agent.identity.papers import Papers
from station_agent.identity.renewal import Renewal
from station_agent.settings import Settings as StationSettings
from tests.controller.releases.conftest import Office
from tests.controller.test_self_tests import document
from tests.controller.village import OneKey, settle

ROOT = Path(__file__).parents[3]
SHA = "ab" * 32
PATIENCE_S = 20.0


class Door:
    """A server with one station, and its door as a process."""

    def __init__(self, data: Path) -> None:
        self.settings = Settings(
            data=data, stations_host="127.0.0.1", stations_port=any_free_port()
        )
        self.store = Store(self.settings.database)
        prepare(self.store, datetime.now(UTC))
        with self.store.writing() as session:
            people = settle(session)
            self.technician = people.technician
            made = stations.register(session, None, people.suoi_may, "Loa", now=datetime.now(UTC))
            self.station = made.station.id
        self.authority = Authority(self.settings.identity, datetime.now(UTC))
        (self.settings.media / "recordings").mkdir(parents=True)
        (self.settings.media / "recordings" / f"{SHA}.ogg").write_bytes(b"sound")
        self.url = f"https://127.0.0.1:{self.settings.stations_port}"
        environ = {n: v for n, v in os.environ.items() if not n.startswith("TT_")}
        environ |= {
            "TT_DATA": str(data),
            "TT_STATIONS_HOST": "127.0.0.1",
            "TT_STATIONS_PORT": str(self.settings.stations_port),
        }
        command = [sys.executable, "-m", "gunicorn", "-c", "python:web.station_server"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environ)
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                return server._ask(self.url, "GET", "/authority.pem", blind())
            except BadIdentity:
                assert time.monotonic() < until, "the door does not answer"
                time.sleep(0.05)

    def word(self) -> str:
        with self.store.writing() as session:
            now = datetime.now(UTC)
            code = claims.make(session, self.technician, self.station, now=now)
        return spelled(code, pin_of(self.authority.der))

    def get(self, path: str, context: ssl.SSLContext) -> tuple[int, bytes]:
        with closing(http.client.HTTPSConnection(
            "127.0.0.1", self.settings.stations_port, timeout=10, context=context
        )) as link:  # fmt: skip
            link.request("GET", path)
            answer = link.getresponse()
            return answer.status, answer.read()

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()
        self.store.close()


def blind() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    made = Door(tmp_path_factory.mktemp("door"))
    yield made
    made.close()


@pytest.fixture
def papers(tmp_path):
    return Papers(tmp_path / "papers")


def test_a_box_is_claimed_by_the_word_on_its_sheet(door, tmp_path, capsys):
    config = tmp_path / "station.toml"
    config.write_text('station = "old"\nsink = "null"\n')
    (tmp_path / "code.txt").write_text(f"{door.url}#{door.word().lower()}\n")  # as in the QR code
    words = ["claim", "--code-file", str(tmp_path / "code.txt")]
    words += ["--config", str(config), "--papers", str(tmp_path / "papers")]
    assert station(words) == 0, capsys.readouterr().err
    text = config.read_text()
    assert f'station = "{door.station}"' in text
    assert 'broker_url = "mqtts://127.0.0.1:8883"' in text
    assert 'sink = "null"' in text
    assert "old" not in text
    assert (tmp_path / "papers" / "box.key").stat().st_mode & 0o777 == 0o600


def test_only_a_good_certificate_fetches_a_recording(door, papers):
    server.claim(door.url, door.word(), papers)
    assert door.get(f"/media/{SHA}.ogg", papers.context()) == (200, b"sound")
    assert door.get(f"/media/{SHA}.ogg", blind())[0] == 403


def test_the_link_stands_and_the_next_one_shows_the_renewed_certificate(door, papers):
    first = server.claim(door.url, door.word(), papers)
    context = papers.context()
    assert not Renewal(papers, context, door.url, lambda: datetime.now(UTC)).look()
    due = datetime.now(UTC) + timedelta(days=61)
    assert Renewal(papers, context, door.url, lambda: due).look()
    assert papers.issued().certificate != first.certificate
    assert door.get(f"/media/{SHA}.ogg", context)[0] == 200


def test_a_revoked_box_neither_fetches_nor_renews(door, papers):
    server.claim(door.url, door.word(), papers)
    with door.store.writing() as session:
        certificates.revoke(
            session, door.technician, door.station, "mất hộp", now=datetime.now(UTC)
        )
    context = papers.context()
    assert door.get(f"/media/{SHA}.ogg", context)[0] == 403
    with pytest.raises(BadIdentity, match="không còn giá trị"):
        server.renew(door.url, papers, context)


def test_a_connection_that_stands_is_refused_at_once_when_its_box_is_revoked(door, papers):
    server.claim(door.url, door.word(), papers)
    with closing(http.client.HTTPSConnection(
        "127.0.0.1", door.settings.stations_port, timeout=10, context=papers.context()
    )) as link:  # fmt: skip

        def ask(method, path):
            link.request(method, path, headers={"Connection": "keep-alive"})
            answer = link.getresponse()
            answer.read()
            return answer.status

        assert ask("GET", f"/media/{SHA}.ogg") == 200
        held = link.sock
        with door.store.writing() as session:
            now = datetime.now(UTC)
            certificates.revoke(session, door.technician, door.station, "mất hộp", now=now)
        assert ask("GET", f"/media/{SHA}.ogg") == 403
        assert held is link.sock
        assert ask("GET", "/cap-nhat/kho/metadata/timestamp.json") == 403
        assert ask("POST", "/diagnosis/any") == 403


def test_a_station_fetches_a_newer_agent_through_the_same_door(door, papers, tmp_path):
    office = Office(tmp_path / "releases")
    office.open()
    name = office.add("1.0", b"newer")
    shutil.copytree(office.folder, door.settings.releases)
    (tmp_path / "root.json").write_bytes(office.repository.root())
    server.claim(door.url, door.word(), papers)

    def fetch(folder, *shown):
        words = [f"{door.url}/cap-nhat/kho", str(tmp_path / folder), str(tmp_path / "root.json")]
        command = [sys.executable, "-m", "station_agent.updates.fetch", *words, name, *shown]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
        return done.returncode, done.stdout.strip()

    done, path = fetch("one", str(papers.folder))
    assert (done, Path(path).read_bytes()) == (0, b"newer")
    assert fetch("two")[0] == 1  # without the papers
    with door.store.writing() as session:
        certificates.revoke(session, door.technician, door.station, "mất", now=datetime.now(UTC))
    done, why = fetch("three", str(papers.folder))
    assert done == 1
    assert "403" in why


def test_a_server_that_did_not_print_the_code_hears_nothing_secret(door, papers):
    word = door.word()
    foreign = spelled(word.replace("-", "")[:16], pin_of(b"another authority"))
    with pytest.raises(BadIdentity, match="không phải là máy chủ"):
        server.claim(door.url, foreign, papers)
    assert not (papers.folder / "box.crt").exists()
    assert server.claim(door.url, word, papers).station == door.station  # the code was not spent


def test_a_code_without_its_pin_is_refused(door, papers):
    with pytest.raises(BadIdentity):
        server.claim(door.url, door.word()[:19], papers)


def test_a_box_that_was_not_claimed_says_so(papers):
    with pytest.raises(BadIdentity):
        papers.context()
    with pytest.raises(BadIdentity, match="chưa được nhận"):
        papers.issued()


@pytest.mark.parametrize("path", ["/", "/login", "/static/x", "/media/..%2f..%2fkeys"])
def test_there_is_nothing_else_behind_the_door(door, path):
    assert door.get(path, blind())[0] == 404


def test_nonsense_is_told_in_a_line(door):
    with pytest.raises(BadIdentity, match="400"):
        server._ask(door.url, "POST", "/claim", blind(), b"{")


def test_papers_belong_to_whoever_owns_the_place_they_lie_in(door, tmp_path):
    """Root makes the claim, and a service without rights reads them."""
    if os.geteuid() == 0:
        os.chown(tmp_path, 65_534, 65_534)
    papers = Papers(tmp_path / "papers")
    server.claim(door.url, door.word(), papers)
    owner = tmp_path.stat().st_uid
    assert {file.stat().st_uid for file in [papers.folder, *papers.folder.iterdir()]} == {owner}


def test_check_knows_the_door_by_the_papers_and_says_when_there_are_none(door, papers, tmp_path):
    fields = {
        "station": door.station,
        "broker_url": Secret("mqtts://127.0.0.1:1"),
        "media_url": door.url,
        "identity": papers.folder,
        "trust": tmp_path / "trust.json",
        "data": tmp_path / "data",
    }
    settings = StationSettings(**fields)
    assert "tt-station claim" in str(checks.media(settings))
    server.claim(door.url, door.word(), papers)
    assert checks.media(settings).level is Level.GOOD


def test_a_diagnosis_goes_through_the_door_with_the_boxs_own_certificate(door, papers):
    server.claim(door.url, door.word(), papers)
    with door.store.writing() as session:
        now = datetime.now(UTC)
        key = OneKey()
        order = diagnoses.ask(session, door.technician, door.station, signer=key, now=now).id
    body = document(door.station, order)
    media = Media(door.url, door.station, Secret(""), papers.context())
    with pytest.raises(FetchError, match="404"):
        media.send(path_of("another-order"), body)
    with pytest.raises(FetchError, match="403"):
        Media(door.url, door.station, Secret(""), blind()).send(path_of(order), body)
    with pytest.raises(FetchError):
        media.send(path_of(order), b"x" * 300_000)
    media.send(path_of(order), body)
    with door.store.reading() as session:
        (row,) = diagnoses.latest(session, door.station)
        assert row.body == body
