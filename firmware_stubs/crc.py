"""CRC-16/MODBUS: polynomial 0x8005 reflected, initial 0xFFFF, sent low byte first."""


def _row(value: int) -> int:
    for _ in range(8):
        value = (value >> 1) ^ 0xA001 if value & 1 else value >> 1
    return value


# 512 bytes of table against 8 turns a byte: a frame must be judged within its answer time
_TABLE = tuple(_row(value) for value in range(256))


def crc16(data: bytes) -> int:
    """Return the checksum of `data`; over a frame with its own checksum it is 0."""
    crc = 0xFFFF
    for byte in data:
        crc = (crc >> 8) ^ _TABLE[(crc ^ byte) & 0xFF]
    return crc


def sealed(body: bytes) -> bytes:
    """Return `body` with its checksum behind it."""
    return body + crc16(body).to_bytes(2, "little")
