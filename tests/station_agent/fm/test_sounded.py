"""Codes that sound leave the player as the programme does, and the agent hears nothing of them."""

from queue import SimpleQueue

import numpy as np
import pytest

from station_agent.fitting.sounder import PlayerSounder
from station_agent.hardware.errors import HardwareError
from station_agent.hardware.fm.coded.sounded import Code, Sounded, recorded
from station_agent.hardware.fm.coded.together import Together
from station_agent.hardware.fm.coded.tones import dtmf
from station_agent.hardware.ports import Reach
from station_agent.player import wire
from station_agent.player.client import PlayerDied, PlayerProcess
from tests.fakes import audio_decoders
from tests.station_agent.player.recordings import read_wav


class Village:
    """A player with a file for a loudspeaker."""

    def __init__(self, folder):
        self.folder = folder
        self.words = SimpleQueue()
        self.sounder = PlayerSounder(self._make, self.words.put)
        opens, closes = (Code(dtmf(keys), folder / "codes" / keys) for keys in ("A12", "B12"))
        self.receivers = Sounded(self.sounder, opens, closes)

    def _make(self, hearing):
        return PlayerProcess(f"file:{self.folder / 'card'}", hearing)

    def heard(self):
        """What an independent decoder hears from the card, in order."""
        files = sorted((self.folder / "card").glob("*.wav"), key=lambda file: int(file.stem))
        return "".join(audio_decoders.dtmf(read_wav(file).astype(np.float64)) for file in files)

    def told(self):
        words = []
        while not self.words.empty():
            words.append(self.words.get())
        return words


@pytest.fixture
def village(tmp_path):
    return Village(tmp_path)


@pytest.fixture
def player(village):
    player = village.sounder.start()
    assert isinstance(village.words.get(timeout=20), wire.Ready)
    yield player
    player.close()


def test_the_code_is_heard_before_the_programme_and_another_after_it(village, player):
    village.receivers.wake(Reach.OWN)
    village.receivers.release(Reach.OWN)
    player.close()
    assert village.heard() == "A12B12"
    assert village.told() == [PlayerDied(0)]


def test_receivers_that_are_open_are_not_called_into_the_programme(village, player):
    for _ in range(3):
        village.receivers.wake(Reach.OWN)
    for _ in range(3):
        village.receivers.wake(Reach.ALL)
    player.close()
    assert village.heard() == "A12A12"


def test_after_the_agents_player_has_ended_receivers_are_still_closed(village, player):
    village.receivers.wake(Reach.OWN)
    player.close()
    village.receivers.release(Reach.OWN)
    assert village.heard() == "A12B12"


def test_a_player_that_is_killed_is_told(village, player, monkeypatch):
    monkeypatch.setattr(player, "send", lambda _: player._process.kill())
    with pytest.raises(HardwareError, match="dừng"):
        village.receivers.wake(Reach.OWN)


def test_a_disk_that_takes_no_recording_is_told(tmp_path):
    (tmp_path / "codes").write_text("no folder")
    with pytest.raises(HardwareError, match="không ghi được"):
        recorded(Code(dtmf("1"), tmp_path / "codes" / "open.wav"))


def test_a_recording_that_lies_there_is_not_written_again(tmp_path):
    code = Code(dtmf("1"), tmp_path / "open.wav")
    first = recorded(code)
    code.path.chmod(0o400)
    before = code.path.stat().st_mtime_ns
    assert recorded(code) == first
    assert code.path.stat().st_mtime_ns == before


class Noted:
    """Receivers that note what is asked of them."""

    def __init__(self, keep_alive_s, fault=None):
        self.keep_alive_s, self.fault, self.calls = keep_alive_s, fault, []

    def wake(self, reach):
        self.calls.append(reach)
        if self.fault:
            raise self.fault

    def release(self, reach):
        self.wake(reach)

    def close(self):
        self.calls.append("closed")


def test_one_way_that_fails_keeps_no_other_from_its_turn():
    ways = Noted(10, HardwareError("mất")), Noted(20)
    together = Together(ways)
    assert together.keep_alive_s == 10
    for call in (together.wake, together.release):
        with pytest.raises(HardwareError, match="mất"):
            call(Reach.OWN)
    together.close()
    assert [way.calls for way in ways] == [[Reach.OWN, Reach.OWN, "closed"]] * 2
