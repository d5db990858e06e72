"""What opens a coded receiver, what does not, and what closes it. Runs on MicroPython too."""

from firmware_stubs import hmac
from firmware_stubs.receiver import FOREIGN_GROUPS, HOLD_S, Identity, Receiver
from firmware_stubs.wake import CLOSE, EVERYWHERE, OPEN
from tests.firmware_stubs.wake_codes import AREA, KEY, PI, groups, message

FOREIGN = [0x7999, 0x0408, 0, 0]


class Memory:
    """A counter in memory; `full` takes no more."""

    def __init__(self, counter=0) -> None:
        self.counter = counter
        self.full = False

    def load(self):
        return self.counter

    def save(self, counter) -> None:
        if self.full:
            raise OSError(28)
        self.counter = counter


class Post:
    """A receiver of area 3, groups 40 and 41, at one's own pace."""

    def __init__(self, memory=None) -> None:
        self.memory = memory or Memory()
        self.receiver = Receiver(Identity(PI, AREA, [40, 41], KEY), self.memory)

    def hear(self, whole: bytes, now_ms: int = 0) -> list:
        return self.hear_groups(groups(whole), now_ms)

    def hear_groups(self, heard: list, now_ms: int = 0) -> list:
        words = [self.receiver.hear(now_ms, blocks) for blocks in heard]
        self.receiver.tick(now_ms)
        return [word for word in words if word]


def test_hmac_is_that_of_the_standard():
    # RFC 4231, cases 1, 2 and 6
    for key, text, expected in (
        (b"\x0b" * 20, b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b"),
        (b"Jefe", b"what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c7"),
        (
            b"\xaa" * 131,
            b"Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f",
        ),
    ):
        assert hmac.digest(key, text).hex()[:32] == expected


def test_only_equal_strings_are_the_same():
    assert hmac.same(b"abc", b"abc")
    assert not hmac.same(b"abc", b"abd")
    assert not hmac.same(b"abc", b"ab")


def test_a_code_of_its_own_opens_it():
    for area in (AREA, 40, 41, EVERYWHERE):
        post = Post()
        assert post.hear(message(OPEN, area, 1)) == ["OPEN"]
        assert post.receiver.open


def test_a_code_for_another_area_or_with_another_key_does_not():
    post = Post()
    assert post.hear(message(OPEN, 4, 1)) == ["NOTMINE"]
    assert post.hear(message(OPEN, AREA, 2, b"stolen elsewhere")) == ["BADMAC"]
    assert not post.receiver.open
    assert post.memory.counter == 0


def test_every_changed_bit_is_found():
    whole = message(OPEN, AREA, 0x1234)
    for bit in range(96):
        forged = bytearray(whole)
        forged[bit // 8] ^= 0x80 >> bit % 8
        post = Post()
        assert post.hear(bytes(forged)) == ["BADMAC"]
        assert not post.receiver.open


def test_a_recording_does_not_open_it_again():
    post = Post()
    first = message(OPEN, AREA, 7)
    post.hear(first)
    assert post.hear(first) == ["REPLAY"]
    post.hear(message(CLOSE, AREA, 8))
    assert not post.receiver.open
    assert post.hear(first) == ["REPLAY"]
    assert post.hear(message(OPEN, AREA, 8)) == ["REPLAY"]
    assert not post.receiver.open


def test_a_recording_does_not_keep_it_open():
    post = Post()
    code = message(OPEN, AREA, 7)
    post.hear(code)
    for second in range(1, HOLD_S):
        post.hear(code, second * 1000)
    post.receiver.tick(HOLD_S * 1000)
    assert not post.receiver.open


def test_without_a_keep_alive_it_mutes_and_with_one_it_stays_open():
    post = Post()
    counter = 1
    for second in range(0, 3600, 10):
        assert post.hear(message(OPEN, AREA, counter), second * 1000) == ["OPEN"]
        counter += 1
    post.receiver.tick((3590 + HOLD_S) * 1000 - 1)
    assert post.receiver.open
    post.receiver.tick((3590 + HOLD_S) * 1000)
    assert not post.receiver.open


def test_a_carrier_without_codes_never_opens_it():
    post = Post()
    for n in range(1000):
        post.receiver.hear(n * 88, [PI, 0x0408, n, n])
    assert not post.receiver.open


def test_the_same_code_under_another_programme_is_not_heard():
    post = Post()
    assert post.hear_groups(groups(message(OPEN, AREA, 1), pi=0x7999)) == []
    assert not post.receiver.open


def test_another_station_that_takes_over_is_muted_at_once():
    post = Post()
    post.hear(message(OPEN, AREA, 1))
    words = [post.receiver.hear(0, FOREIGN) for _ in range(FOREIGN_GROUPS)]
    assert words == [None] * (FOREIGN_GROUPS - 1) + ["FOREIGN"]
    assert not post.receiver.open
    assert post.hear(message(OPEN, AREA, 2)) == ["OPEN"]


def test_a_few_damaged_names_do_not_mute_it():
    post = Post()
    post.hear(message(OPEN, AREA, 1))
    for n in range(100):
        post.receiver.hear(0, [0x7000 + n, 0, 0, 0])
        post.receiver.hear(0, [None, 0, 0, 0])
    assert post.receiver.open


def test_gaps_of_one_repeat_are_filled_by_the_next():
    post = Post()
    one, two, _ = groups(message(OPEN, AREA, 5))
    heard = [one, [PI, None, two[2], two[3]], [PI, two[1], None, two[3]], [None, 1, 2, 3]]
    assert post.hear_groups(heard) == []
    assert post.hear_groups(groups(message(OPEN, AREA, 5))[::-1][:2]) == ["OPEN"]


def test_segments_of_two_messages_are_not_mixed():
    post = Post()
    old, new = groups(message(OPEN, AREA, 5)), groups(message(OPEN, AREA, 6))
    assert post.hear_groups([old[0], old[1], new[2], new[0], new[1]]) == ["OPEN"]
    assert post.memory.counter == 6


def test_groups_of_other_kinds_between_do_not_disturb():
    post = Post()
    heard = []
    for group in groups(message(OPEN, AREA, 5)):
        heard += [[PI, 0x0408, 0xE0CD, 0x2020], group, [PI, 11 << 12 | 1 << 11, 0, 0]]
    assert post.hear_groups(heard) == ["OPEN"]


def test_a_fourth_segment_and_an_unknown_word_are_nothing():
    post = Post()
    assert post.hear_groups([[PI, 11 << 12 | 3, 1, 2]]) == []
    assert post.hear(message(9, AREA, 5)) == ["UNKNOWN"]
    assert not post.receiver.open


def test_the_counter_is_stored_before_the_relay_closes():
    post = Post()
    post.memory.full = True
    assert post.hear(message(OPEN, AREA, 5)) == ["UNSAVED"]
    assert not post.receiver.open


def test_closing_does_not_wait_for_the_disk():
    post = Post()
    post.hear(message(OPEN, AREA, 5))
    post.memory.full = True
    assert post.hear(message(CLOSE, AREA, 6)) == ["UNSAVED"]
    assert not post.receiver.open


def test_a_power_cut_right_after_the_code_does_not_let_it_in_again():
    memory = Memory()
    code = message(OPEN, AREA, 5)
    assert Post(memory).hear(code) == ["OPEN"]
    assert Post(memory).hear(code) == ["REPLAY"]


def test_a_receiver_that_was_never_set_up_stays_mute():
    post = Post(Memory(None))
    assert post.hear(message(OPEN, AREA, 5)) == ["UNSET"]
    assert not post.receiver.open
