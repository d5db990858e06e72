"""Modbus RTU frames of a master: requests built, answers judged; pure.

Source: MODBUS Application Protocol 1.1b3 and MODBUS over Serial Line 1.02 (modbus.org).
"""

from msgspec import Struct

from station_agent.hardware.errors import NoAnswer, Refused

READ_COILS, READ_DISCRETES, READ_HOLDINGS, READ_INPUTS = 1, 2, 3, 4
WRITE_COIL, WRITE_HOLDING = 5, 6
EXCEPTION = 0x80  # added to the function's code by a slave that refuses
SHORTEST = 5  # bytes: unit, function, code, checksum - the answer of a slave that refuses


class Request(Struct, frozen=True, kw_only=True):
    """One question to one slave, and how many bytes its answer has."""

    frame: bytes
    answer_bytes: int

    @property
    def reads(self) -> bool:
        """Whether it only asks."""
        return self.frame[1] <= READ_INPUTS


def read_bits(unit: int, function: int, start: int, count: int) -> Request:
    """Ask for `count` coils or discrete inputs."""
    return Request(
        frame=_frame(unit, function, start, count), answer_bytes=SHORTEST + (count + 7) // 8
    )


def read_words(unit: int, function: int, start: int, count: int) -> Request:
    """Ask for `count` holding or input registers."""
    return Request(frame=_frame(unit, function, start, count), answer_bytes=SHORTEST + 2 * count)


def write_coil(unit: int, coil: int, on: bool) -> Request:
    """Set one coil; the answer repeats the request."""
    frame = _frame(unit, WRITE_COIL, coil, 0xFF00 if on else 0)
    return Request(frame=frame, answer_bytes=len(frame))


def flash_coil(unit: int, first: int, coil: int, tenths: int) -> Request:
    """Close a relay for `tenths` of a second, after which it opens by itself.

    No part of the standard: relay boards by Waveshare and its like have it as function 05 at
    `first` + coil, with the time for a value (Waveshare wiki, Modbus RTU Relay, protocol V2/V3).
    """
    frame = _frame(unit, WRITE_COIL, first + coil, tenths)
    return Request(frame=frame, answer_bytes=len(frame))


def write_holding(unit: int, register: int, value: int) -> Request:
    """Set one holding register; the answer repeats the request."""
    frame = _frame(unit, WRITE_HOLDING, register, value)
    return Request(frame=frame, answer_bytes=len(frame))


def payload(request: Request, answer: bytes) -> bytes:
    """The data of an answer to a read; a write's is empty.

    Raises Refused when the slave says no, NoAnswer for anything that is not exactly its answer.
    """
    if len(answer) < SHORTEST or crc16(answer) or answer[0] != request.frame[0]:
        raise NoAnswer("Bo mạch không trả lời, hoặc trả lời hỏng")
    if answer[1] == request.frame[1] | EXCEPTION:
        raise Refused(f"Bo mạch từ chối lệnh (mã Modbus {answer[2]})")
    if len(answer) != request.answer_bytes or answer[1] != request.frame[1]:
        raise NoAnswer("Bo mạch trả lời không đúng câu hỏi")
    if not request.reads:
        if answer != request.frame:
            raise NoAnswer("Bo mạch nhận lệnh khác với lệnh đã gửi")
        return b""
    if answer[2] != len(answer) - SHORTEST:
        raise NoAnswer("Bo mạch trả lời sai độ dài")
    return answer[3:-2]


def bits(data: bytes, count: int) -> list[bool]:
    """The first `count` bits, the first in the lowest place."""
    return [bool(data[n // 8] >> n % 8 & 1) for n in range(count)]


def words(data: bytes) -> list[int]:
    """Big-endian registers."""
    return [int.from_bytes(data[n : n + 2], "big") for n in range(0, len(data), 2)]


def crc16(data: bytes) -> int:
    """CRC-16/MODBUS; 0 over a frame with its own checksum (low byte first)."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc


def _frame(unit: int, function: int, first: int, second: int) -> bytes:
    body = bytes((unit, function)) + first.to_bytes(2, "big") + second.to_bytes(2, "big")
    return body + crc16(body).to_bytes(2, "little")
