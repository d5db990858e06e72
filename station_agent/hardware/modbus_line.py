"""A serial line of Modbus slaves, ours alone: one request, one answer, within a bounded time."""

import termios
import time
from contextlib import suppress

from serial import Serial

from station_agent.hardware.errors import NoAnswer
from station_agent.hardware.modbus import EXCEPTION, SHORTEST, Request, payload

ANSWER_S = 0.2
"""Our board answers within 25 ms and a USB adapter holds bytes for 16; bought boards say 100."""

QUIET_S = 0.1
"""After a fault the line must be still for so long, so that a late answer to the question before
is not taken for the answer to the next: RTU answers bear no number."""

TRIES = 2  # one frame lost to noise is no fault; a third try would outlast CALL_LIMIT_S
BITS_PER_BYTE = 10  # 8N1

LINE_FAULTS = (OSError, termios.error)  # SerialException is an OSError


class ModbusLine:
    """Opens at first use, and anew after the port has failed; nobody else may open it."""

    def __init__(self, port: str, baud: int) -> None:
        self._port, self._baud = port, baud
        self._serial: Serial | None = None
        self._unsettled = True  # what is on the line may belong to a question before
        self._echoes = False  # some two-wire adapters hear what they send

    def ask(self, request: Request) -> bytes:
        """The data of the answer. Raises NoAnswer or Refused."""
        for _ in range(TRIES - 1):
            with suppress(NoAnswer):
                return self._ask_once(request)
        return self._ask_once(request)

    def close(self) -> None:
        """Let the port go."""
        port, self._serial = self._serial, None
        self._echoes = False  # the next adapter may not
        if port is not None:
            with suppress(*LINE_FAULTS):  # it may be gone already
                port.close()

    def _ask_once(self, request: Request) -> bytes:
        try:
            answer = self._exchange(self._open(), request)
        except LINE_FAULTS as error:
            self.close()
            raise NoAnswer(f"Cổng nối tiếp {self._port} bị rút hoặc hỏng") from error
        try:
            return payload(request, answer)
        except NoAnswer:
            self._unsettled = True
            raise

    def _open(self) -> Serial:
        if self._serial is None:
            self._serial = Serial(self._port, self._baud, write_timeout=ANSWER_S, exclusive=True)
            self._unsettled = True
        return self._serial

    def _exchange(self, port: Serial, request: Request) -> bytes:
        if self._unsettled:
            self._settle(port)
        port.reset_input_buffer()
        port.write(request.frame)
        on_wire_s = (len(request.frame) + request.answer_bytes) * BITS_PER_BYTE / self._baud
        deadline_s = time.monotonic() + ANSWER_S + on_wire_s
        if self._echoes:
            _read(port, len(request.frame), deadline_s)
        answer = _read(port, SHORTEST, deadline_s)
        if len(answer) == SHORTEST and answer[1] & EXCEPTION:
            return answer
        answer += _read(port, request.answer_bytes - len(answer), deadline_s)
        if request.reads and _is_echo(request.frame, answer):
            self._echoes = True  # no answer begins like its question: known from the next try on
        return answer

    def _settle(self, port: Serial) -> None:
        """Wait for silence, and no longer than an answer may take: noise may never end."""
        deadline_s = time.monotonic() + ANSWER_S
        port.timeout = QUIET_S
        while port.read(256) and time.monotonic() < deadline_s:
            pass
        self._unsettled = False


def _read(port: Serial, count: int, deadline_s: float) -> bytes:
    port.timeout = max(0.0, deadline_s - time.monotonic())
    return bytes(port.read(count)) if count > 0 else b""


def _is_echo(frame: bytes, answer: bytes) -> bool:
    """Whether a question came back: in its third byte stands an address, where a length belongs."""
    return len(answer) >= SHORTEST and frame.startswith(answer[: len(frame)])
