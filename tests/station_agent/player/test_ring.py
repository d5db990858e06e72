"""The queue of samples between decoder and engine."""

import threading

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from station_agent.player.ring import Ring


@settings(deadline=None)
@given(st.lists(st.integers(1, 50), max_size=20), st.lists(st.integers(1, 70), max_size=40))
def test_samples_come_out_as_they_went_in_whatever_the_pieces(
    pieces: list[int], reads: list[int]
) -> None:
    samples = np.arange(sum(pieces), dtype=np.float32)
    ring = Ring()
    for block in np.split(samples, np.cumsum(pieces))[:-1]:
        assert ring.put(block)
    ring.finish()
    out = [ring.read(count) for count in [*reads, len(samples)]]
    assert all(len(got) <= count for got, count in zip(out, reads, strict=False))
    np.testing.assert_array_equal(np.concatenate(out), samples)
    assert ring.drained


def test_a_full_ring_holds_the_decoder_until_something_is_played() -> None:
    ring = Ring(capacity=10)
    ring.put(np.zeros(10, np.float32))
    passed = threading.Event()

    def decode_more() -> None:
        ring.put(np.ones(5, np.float32))
        passed.set()

    threading.Thread(target=decode_more, daemon=True).start()
    assert not passed.wait(0.05)  # long enough for a decoder that is not held to get through
    assert len(ring.read(4)) == 4
    assert passed.wait(10)


def test_closing_the_ring_frees_a_decoder_that_waits() -> None:
    ring = Ring(capacity=1)
    ring.put(np.zeros(1, np.float32))
    answer: list[bool] = []
    waiting = threading.Thread(target=lambda: answer.append(ring.put(np.zeros(1, np.float32))))
    waiting.start()
    ring.close()
    waiting.join(10)
    assert answer == [False]
