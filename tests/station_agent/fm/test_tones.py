"""Codes that sound are understood by decoders that we did not write, in noise too."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_agent.hardware.fm.coded import tones
from tests.fakes import audio_decoders as judge
from tests.fakes.encoder_input import genibus


def heard(samples):
    return np.frombuffer(samples.tobytes(), dtype=np.int16) / 32768


def frames(data):
    """What a receiver makes of bytes: frames whose length and CRC agree, wherever they begin."""
    for at, count in enumerate(data):
        body = data[at : at + count + 3]
        if count and len(body) == count + 3 and genibus(body[:-2]) == int.from_bytes(body[-2:]):
            yield body[1:-2]


@pytest.mark.parametrize("noise", [0, 0.05, 0.2])
@pytest.mark.parametrize("keys", ["*0123#A9", "456", "78BCD"])
def test_dtmf_is_heard_key_by_key(keys, noise):
    assert judge.dtmf(judge.with_noise(heard(tones.dtmf(keys)), noise)) == keys


@pytest.mark.parametrize("noise", [0, 0.05, 0.1])
@pytest.mark.parametrize("baud", [1200, 300])
def test_a_frame_is_heard_byte_by_byte(baud, noise):
    payload = b"\x01\x03\xff\x00\x55\xaaVT"
    sound = judge.with_noise(heard(tones.fsk(payload, baud)), noise)
    assert list(frames(judge.fsk(sound, baud))) == [payload]


@settings(max_examples=10, deadline=None)
@given(st.binary(min_size=1, max_size=tones.MOST_BYTES))
def test_any_payload_is_heard(payload):
    assert payload in frames(judge.fsk(heard(tones.fsk(payload, 1200)), 1200))


@given(st.text(tones.KEYS, min_size=1, max_size=tones.MOST_KEYS))
def test_a_code_never_takes_longer_than_one_call_may(keys):
    assert len(tones.dtmf(keys)) <= 1.1 * tones.RATE


@pytest.mark.parametrize("keys", ["", "12E", "1" * 10])
def test_keys_that_cannot_be_sent_are_refused(keys):
    with pytest.raises(ValueError, match="DTMF"):
        tones.dtmf(keys)


@pytest.mark.parametrize(("payload", "baud"), [(b"", 1200), (bytes(17), 1200), (b"1", 9600)])
def test_a_frame_that_cannot_be_sent_is_refused(payload, baud):
    with pytest.raises(ValueError, match="FSK"):
        tones.fsk(payload, baud)


def test_nothing_is_louder_than_half_of_full_scale():
    assert np.abs(heard(tones.dtmf("147*"))).max() <= tones.PEAK
    assert np.abs(heard(tones.fsk(b"abc", 300))).max() <= tones.PEAK
