"""What a Modbus master may ask of the board, and what it is told. Runs on MicroPython too."""

from firmware_stubs import registers as r
from firmware_stubs.board import Board, Senses
from firmware_stubs.crc import crc16, sealed
from firmware_stubs.slave import Slave

GOOD = {"door_open": 0, "mains_present": 1, "interlock_closed": 1, "temperature_dc": 350}


class Bench:
    """A slave on a bench: requests in hexadecimal without checksum, answers the same way."""

    def __init__(self) -> None:
        self.board = Board(0, r.POWER_ON)
        self.slave = Slave(self.board)
        self.at(0)

    def at(self, now_ms: int) -> None:
        self.board.tick(now_ms, Senses(**GOOD))
        self.board.pads = list(self.board.coils)

    def ask(self, request: str) -> str | None:
        answer = self.slave.answer(sealed(bytes.fromhex(request.replace(" ", ""))))
        self.board.pads = list(self.board.coils)
        if answer is None:
            return None
        assert crc16(answer) == 0
        return answer[:-2].hex()

    def arm(self) -> None:
        assert self.ask("11 06 0002 A5C3") == "11060002a5c3"


def test_the_checksum_is_that_of_the_standard():
    assert crc16(b"123456789") == 0x4B37
    assert sealed(bytes.fromhex("01030000000a")).hex() == "01030000000ac5cd"
    assert crc16(bytes.fromhex("01030000000ac5cd")) == 0


def test_after_a_reset_the_board_is_muted_off_and_silent():
    bench = Bench()
    assert bench.ask("11 01 0000 0005") == "110102"[:4] + "0102"  # one byte: only coil 1
    assert bench.ask("11 03 0000 0003") == "110306" + "000a" + "0064" + "0000"


def test_every_table_is_read_at_its_own_function():
    bench = Bench()
    assert bench.ask("11 02 0000 0004") == "110201" + "06"
    inputs = "015e" + "0000" * 5 + "0000" + "0100" + "0001" + "0000"
    assert bench.ask("11 04 0000 000A") == "110414" + inputs
    assert bench.ask("11 04 0007 0001") == "110402" + "0100"


def test_below_zero_is_a_signed_word():
    bench = Bench()
    cold = dict(GOOD)
    cold["temperature_dc"] = -125
    bench.board.tick(0, Senses(**cold))
    assert bench.ask("11 04 0000 0001") == "110402" + "ff83"


def test_a_single_coil_is_written_and_echoed():
    bench = Bench()
    assert bench.ask("11 05 0003 FF00") == "11050003ff00"
    assert bench.board.coils[r.FAN] == 1
    assert bench.ask("11 05 0003 0000") == "110500030000"
    assert bench.board.coils[r.FAN] == 0


def test_many_coils_are_written_at_once():
    bench = Bench()
    bench.arm()
    assert bench.ask("11 0F 0000 0005 01 15") == "110f00000005"
    assert bench.board.coils == [1, 0, 1, 0, 1]


def test_registers_are_written_singly_and_together():
    bench = Bench()
    assert bench.ask("11 06 0001 0050") == "110600010050"
    assert bench.ask("11 10 0000 0002 04 0014 0032") == "111000000002"
    assert bench.ask("11 03 0000 0002") == "110304" + "0014" + "0032"


def test_unknown_functions_get_exception_1():
    bench = Bench()
    for function in (0, 7, 8, 0x0B, 0x11, 0x14, 0x16, 0x17, 0x2B, 0x41, 0x7F):
        assert bench.ask("11%02x" % function) == "11%02x01" % (function | 0x80)  # noqa: UP031


def test_addresses_beyond_the_map_get_exception_2():
    bench = Bench()
    for request in (
        "11 01 0004 0002",
        "11 02 0004 0001",
        "11 03 0003 0001",
        "11 03 FFFF 0001",
        "11 04 0009 0002",
        "11 05 0005 FF00",
        "11 06 0003 0001",
        "11 0F 0004 0002 01 00",
        "11 10 0002 0002 04 0000 0000",
    ):
        function = int(request[3:5], 16)
        assert bench.ask(request) == "11%02x02" % (function | 0x80), request


def test_values_that_cannot_be_get_exception_3():
    bench = Bench()
    for request in (
        "11 01 0000 0000",  # nothing asked
        "11 01 0000 07D1",  # more than fits an answer
        "11 03 0000 007E",
        "11 03 0000",  # too short
        "11 05 0003 0001",  # neither on nor off
        "11 0F 0000 0005 02 15",  # a count that is not the size
        "11 10 0000 0001 02 00",
        "11 10 0000 0000 00",
        "11 06 0000 003D",  # a watchdog of 61 s
        "11 06 0001 0065",  # a volume of 101 %
        "11 05 0000 FF00",  # not armed
    ):
        function = int(request[3:5], 16)
        assert bench.ask(request) == "11%02x03" % (function | 0x80), request


def test_a_write_of_many_is_all_or_nothing():
    bench = Bench()
    assert bench.ask("11 10 0000 0002 04 0014 0065") == "119003"
    assert bench.board.holdings()[:2] == [r.WATCHDOG_RESET_S, r.VOLUME_MAX]
    assert bench.ask("11 0F 0000 0005 01 1D") == "118f03"  # with amplifier, not armed
    assert bench.board.coils == list(r.SAFE)


def test_what_is_torn_or_for_others_gets_no_answer():
    bench = Bench()
    whole = sealed(bytes.fromhex("110500030000"))
    assert bench.slave.answer(whole) is not None
    for frame in (whole[:-1], whole[1:], whole + b"\1", b"", b"\x11", b"\x11\x01\x00"):
        assert bench.slave.answer(frame) is None
    for bit in range(8 * len(whole)):
        torn = bytearray(whole)
        torn[bit // 8] ^= 1 << bit % 8
        assert bench.slave.answer(bytes(torn)) is None
    assert bench.ask("12 01 0000 0005") is None


def test_a_broadcast_is_obeyed_in_silence_but_arms_nothing():
    bench = Bench()
    assert bench.ask("00 05 0003 FF00") is None
    assert bench.board.coils[r.FAN] == 1
    assert bench.ask("00 06 0002 A5C3") is None
    assert not bench.board.armed()
    assert bench.ask("00 10 0000 0003 06 0014 0032 A5C3") is None
    assert bench.board.holdings() == [r.WATCHDOG_RESET_S, r.VOLUME_MAX, 0]
    assert bench.ask("00 01 0000 0005") is None


def test_only_an_obeyed_write_to_us_keeps_the_watchdog_quiet():
    for request, feeds in (
        ("11 06 0000 000A", True),
        ("11 05 0004 0000", True),
        ("11 01 0000 0005", False),  # a read
        ("11 04 0000 000A", False),
        ("11 06 0000 003D", False),  # refused
        ("00 06 0000 000A", False),  # a broadcast
        ("12 06 0000 000A", False),  # another's
    ):
        bench = Bench()
        bench.arm()
        bench.ask("11 05 0000 FF00")
        bench.at(9_000)
        bench.ask(request)
        bench.at(11_000)
        assert bool(bench.board.coils[r.AMP_POWER]) == feeds, request
