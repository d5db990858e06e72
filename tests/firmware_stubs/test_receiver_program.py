"""The coded receiver as a program on MicroPython: lines in, a relay out, a counter on the disk."""

import subprocess

from firmware_stubs.counter import CounterStore
from firmware_stubs.receiver_main import blocks_of
from firmware_stubs.wake import CLOSE, OPEN
from tests.fakes.board import MICROPYTHON, ROOT
from tests.fakes.receiver import firmware_receiver
from tests.firmware_stubs.wake_codes import AREA, KEY, PI, groups, message

FOREIGN = [[0x7999, 0x0408, 0, 0]] * 4


def test_it_opens_for_its_code_and_closes_by_order(tmp_path):
    with firmware_receiver(tmp_path, KEY) as receiver:
        assert receiver.relay() == 0
        receiver.hear(groups(message(OPEN, AREA, 1)) * 3)
        assert receiver.wait_words(3) == ["OPEN", "REPLAY", "REPLAY"]
        receiver.wait_relay(1)
        receiver.hear(groups(message(CLOSE, AREA, 2)))
        receiver.wait_relay(0)


def test_a_real_second_without_a_keep_alive_mutes_it(tmp_path):
    with firmware_receiver(tmp_path, KEY, hold_s=1) as receiver:
        receiver.hear(groups(message(OPEN, AREA, 1)))
        receiver.wait_relay(1)
        receiver.wait_relay(0)
        opened, closed = [said.unix_ns for said in receiver.record() if said.relay is not None][1:]
        assert closed - opened >= 999_000_000


def test_a_foreign_station_is_cut_off(tmp_path):
    with firmware_receiver(tmp_path, KEY) as receiver:
        receiver.hear(groups(message(OPEN, AREA, 1)))
        receiver.wait_relay(1)
        receiver.hear(FOREIGN)
        receiver.wait_relay(0)
        assert receiver.words() == ["OPEN", "FOREIGN"]


def test_a_recording_is_refused_after_a_power_cut(tmp_path):
    code = groups(message(OPEN, AREA, 41))
    with firmware_receiver(tmp_path, KEY) as receiver:
        receiver.hear(code)
        receiver.wait_relay(1)
        receiver.cut_power()
        receiver.start()
        assert receiver.relay() == 0
        receiver.hear(code)
        assert receiver.wait_words(2) == ["OPEN", "REPLAY"]
        receiver.hear(groups(message(OPEN, AREA, 42)))
        receiver.wait_relay(1)


def test_damaged_blocks_and_rubbish_between_lines_do_no_harm(tmp_path):
    one, two, three = groups(message(OPEN, 0xFFFF, 1))
    with firmware_receiver(tmp_path, KEY) as receiver:
        receiver.hear([[PI, None, 1, 2], [], [1, 2, 3], one, [None] * 4, two, [PI, 0x0408, 0, 0]])
        receiver.hear([three])
        receiver.wait_relay(1)


def test_without_its_set_up_it_stays_mute(tmp_path):
    with firmware_receiver(tmp_path, KEY) as receiver:
        receiver.cut_power()
        for slot in tmp_path.glob("counter.*"):
            slot.unlink()
        receiver.start()
        receiver.hear(groups(message(OPEN, AREA, 1)))
        assert receiver.wait_words(1) == ["UNSET"]


def test_a_line_is_four_blocks():
    assert blocks_of("7123 B00F ---- 0300\n") == [0x7123, 0xB00F, None, 0x0300]
    for line in ("", "7123", "7123 B00F 0100 0300 00", "7123 B00F 0100 xyzt"):
        assert blocks_of(line) is None


def refused(*options: str) -> str:
    """Start it with these; return what it says before it gives up."""
    ran = subprocess.run(
        [MICROPYTHON, "-m", "firmware_stubs.receiver_main", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    return ran.stdout.strip()


def test_it_says_what_is_wrong_with_its_options(tmp_path):
    key = tmp_path / "key"
    key.write_text("0011", encoding="ascii")
    whom = ("--pi", "7123", "--area", "3")
    assert refused("--pi", "7123") == "--area is missing"
    assert refused(*whom, "--key", str(key)) == "--counter is missing"
    told = refused(*whom, "--key", str(key), "--counter", "c")
    assert told == "the key is shorter than 16 bytes"


def test_the_counter_survives_a_file_torn_at_any_byte(tmp_path):
    store = CounterStore(str(tmp_path / "counter"))
    assert store.load() is None
    for counter in (7, 8, 9):
        store.save(counter)
    newest = next(slot for slot in tmp_path.iterdir() if slot.read_bytes()[3] == 9)
    whole = newest.read_bytes()
    for length in range(len(whole)):
        newest.write_bytes(whole[:length])
        assert store.load() == 8
    newest.write_bytes(whole[:-1] + b"\0")
    assert store.load() == 8
    store.save(10)
    assert store.load() == 10
