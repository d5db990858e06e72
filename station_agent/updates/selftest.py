"""What a copy on trial tries of itself: signatures, the player, the keys of this station.

No network and no sound: a village may be offline, and nobody is to hear an update. What hangs on
the air (rig, link, journal) proves itself by running until the trial is over.
"""

import struct
import tempfile
from pathlib import Path
from queue import Empty, SimpleQueue

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey

from station_agent.download import digest
from station_agent.errors import StationError
from station_agent.player import wire
from station_agent.player.client import PlayerDied, PlayerProcess
from station_agent.trusted import load_trust

RATE, SAMPLES = 48_000, 9_600  # 0.2 s
PATIENCE_S = 30.0  # the slowest box loads its decoder in ten


def problem(trust: Path) -> str:
    """The first thing that does not work, as a sentence for people; empty when all does."""
    try:
        load_trust(trust)
    except StationError as error:
        return str(error)
    if not _signatures_hold():
        return "Thư viện chữ ký không phân biệt được chữ ký sai"
    with tempfile.TemporaryDirectory() as folder:
        return _player(Path(folder) / "test.wav")


def _signatures_hold() -> bool:
    key = SigningKey(bytes(32))
    signed = key.sign(b"tt").signature
    try:
        key.verify_key.verify(b"tt", signed)
        key.verify_key.verify(b"TT", signed)
    except BadSignatureError:
        return True
    return False


def _player(sound: Path) -> str:
    """Silence, played to nobody, must be counted to the sample."""
    sound.write_bytes(_silence())
    heard: SimpleQueue[wire.Event | PlayerDied] = SimpleQueue()
    player = PlayerProcess("null", heard.put)
    try:
        player.send(
            wire.Play(
                run="self-test",
                path=str(sound),
                sha256=digest(sound),
                at_monotonic_ns=None,
                offset_samples=0,
                fade_in_ms=0,
            )
        )
        return _judge(heard)
    except Empty:
        return "Bộ phát không trả lời"
    finally:
        player.close()


def _judge(heard: "SimpleQueue[wire.Event | PlayerDied]") -> str:
    while True:
        word = heard.get(timeout=PATIENCE_S)
        if isinstance(word, PlayerDied):
            return "Bộ phát dừng đột ngột"
        if isinstance(word, wire.Ended):
            whole = word.played_samples == SAMPLES
            return "" if whole else f"Bộ phát chỉ phát {word.played_samples}/{SAMPLES} mẫu"


def _silence() -> bytes:
    """A WAV file of 16-bit zeros (RIFF, 44 bytes of header)."""
    size = 2 * SAMPLES
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + size, b"WAVE", b"fmt ", 16,
                       1, 1, RATE, 2 * RATE, 2, 16, b"data", size)  # fmt: skip
    return head + bytes(size)
