"""Transmitters on the far end of a cable, as two public manuals describe their languages."""

import os
import select
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.fakes.cable import Cable


@dataclass
class Transmitter:
    """What it is and does. `powered` is what a board gives it; `said` all that it was told."""

    on: bool = False
    powered: bool = True
    forward_w: int = 30
    reflected_w: int = 0
    frequency_mhz: float = 97.5
    interlock_open: bool = False
    garbage: int = 0  # answers that come out as noise
    deaf: bool = False
    said: list[str] = field(default_factory=list)

    @property
    def radiates(self) -> bool:
        return self.on and self.powered and not self.interlock_open

    @property
    def watts(self) -> int:
        return self.forward_w if self.radiates else 0

    @property
    def back(self) -> int:
        return self.reflected_w if self.radiates else 0


def srk(transmitter: Transmitter, question: str) -> str:
    """SRK FMA300, §4.11: answers of fixed width, a prompt behind them."""
    transmitter.on = True  # it has no switch: its power is its switch
    match question:
        case "FP?":
            return f"{transmitter.watts:3d}W\n\r>"
        case "RP?":
            return f"{transmitter.back:3d}W\n\r>"
        case "AT?":
            return " 32C\n\r>"
        case _:
            return "?\n\r>"


def crown(transmitter: Transmitter, question: str) -> str:
    """Crown FME, §6.2.4: names and values, with an echo."""
    name, _, value = question.partition("=")
    if value:
        assert name == "TX.OPMODE", f"nothing but the carrier may be written: {question}"
        transmitter.on = value == "ON"
        return f"{question}\r\nOK\r\n"
    high = transmitter.back * 9 > transmitter.watts > 0
    answers = {
        "TX.OPMODE": "ON" if transmitter.on else "OFF",
        "TX.RFPRESENT": "PRES" if transmitter.watts else "NOT PRES",
        "TX.PFWD": str(transmitter.watts),
        "TX.PREF": f"{transmitter.back:05.1f}",
        "TX.FREQ": f"{transmitter.frequency_mhz:g}",
        "TX.INTERLOCK": "OPEN" if transmitter.interlock_open else "CLOSE",
        "TX.ALARM.VSWR": "ON" if high else "OFF",
        "TX.FAULT": "OK",
    }
    return f"{question}\r\n{answers.get(name, 'ERROR')}\r\n"


class SerialTransmitter:
    """One transmitter with its cable."""

    def __init__(self, folder: Path, language: Callable[[Transmitter, str], str]) -> None:
        self.port = folder / "tty-exciter"
        self.cable = Cable(self.port)
        self.inside = Transmitter()
        self._language = language
        self._line = os.open(self.cable.far_port, os.O_RDWR | os.O_NOCTTY)
        self._over = threading.Event()
        self._life = threading.Thread(target=self._live, name="exciter", daemon=True)
        self._life.start()

    def close(self) -> None:
        """End it and its cable."""
        self._over.set()
        self._life.join()
        os.close(self._line)
        self.cable.close()

    def _live(self) -> None:
        heard = b""
        while not self._over.is_set():
            if not select.select([self._line], [], [], 0.01)[0]:
                continue
            *lines, heard = (heard + os.read(self._line, 4096)).split(b"\r")
            for line in lines:
                self._answer(line.decode("ascii"))

    def _answer(self, question: str) -> None:
        inside = self.inside
        if inside.deaf or not inside.powered:
            return
        inside.said.append(question)
        answer = self._language(inside, question).encode("ascii")
        if inside.garbage > 0:
            inside.garbage -= 1
            answer = bytes(byte ^ 0x95 for byte in answer) + b"\r\n"
        os.write(self._line, answer)


@contextmanager
def serial_transmitter(
    folder: Path, language: Callable[[Transmitter, str], str]
) -> Iterator[SerialTransmitter]:
    """Give a running transmitter."""
    folder.mkdir(parents=True, exist_ok=True)
    transmitter = SerialTransmitter(folder, language)
    try:
        yield transmitter
    finally:
        transmitter.close()
