"""Plays to a sound card through ALSA's own library, libasound."""

import ctypes
import time

import numpy as np

from station_agent.asound import CONVERT, INTERLEAVED, PLAYBACK, S16_LE, SILENT, library
from station_agent.player.errors import SinkError
from station_agent.player.instants import NS_PER_S, ns_of
from station_agent.player.ports import Block
from station_agent.player.sinks.card import BUFFER
from station_agent.player.wav import to_int16
from station_agent.player.wire import SAMPLE_RATE

# A device that takes sound faster than it can be heard (`null`, a wrong `slave`) is no loudspeaker:
# two seconds for odd buffers, a twentieth for a bad quartz (the worst are off by 1 in 1000).
HASTE_NS, HASTE_RATIO = 2 * NS_PER_S, 1 / 20


class AlsaSink:
    """A `Sink` on an ALSA device, for example `default` or `plughw:1`; mono, 16 bits."""

    def __init__(self, device: str) -> None:
        """Open the device and start it on silence. Raises SinkError."""
        self.underruns = 0
        self._opened_ns = time.monotonic_ns()
        self._written = 0
        self._alsa = _libasound()
        self._pcm = ctypes.c_void_p()
        opened = self._alsa.snd_pcm_open(ctypes.byref(self._pcm), device.encode(), PLAYBACK, 0)
        self._check(opened, f"Không mở được thiết bị âm thanh {device}")
        latency_us = ctypes.c_uint(ns_of(BUFFER) // 1000)
        try:
            ready = self._alsa.snd_pcm_set_params(
                self._pcm, S16_LE, INTERLEAVED, 1, SAMPLE_RATE, CONVERT, latency_us
            )
            self._check(ready, f"Thiết bị âm thanh {device} không nhận 48 kHz")
            self._fill()
        except SinkError:
            self.close()
            raise

    def next_dac(self) -> int:
        """Return the monotonic ns of the next sample: now, and what is still queued."""
        delay = ctypes.c_long()
        error = self._alsa.snd_pcm_delay(self._pcm, ctypes.byref(delay))
        if error < 0:  # it ran dry since the last block
            self._recover(error)
            self._fill()
            self._alsa.snd_pcm_delay(self._pcm, ctypes.byref(delay))
        return time.monotonic_ns() + ns_of(max(0, delay.value))

    def write(self, block: Block) -> int:
        """Queue the samples, waiting for room; returns when the first one sounds."""
        if not self._queue(block):
            self._fill()
            self._queue(block)
        self._refuse_haste(len(block))
        return self.next_dac() - ns_of(len(block))

    def close(self) -> None:
        """Drop what is queued and let the device go."""
        self._alsa.snd_pcm_drop(self._pcm)
        self._alsa.snd_pcm_close(self._pcm)

    def _queue(self, block: Block) -> bool:
        """Queue a whole block; False if the card ran dry, which is recovered from and counted."""
        samples = to_int16(block)
        while len(samples):
            taken = self._alsa.snd_pcm_writei(self._pcm, samples.ctypes.data, len(samples))
            if taken < 0:
                self._recover(taken)
                return False
            samples = samples[taken:]
        return True

    def _recover(self, error: int) -> None:
        self.underruns += 1
        # in silence: underruns are counted here
        recovered = self._alsa.snd_pcm_recover(self._pcm, int(error), SILENT)
        self._check(recovered, "Thiết bị âm thanh ngừng nhận tiếng")

    def _fill(self) -> None:
        """Fill the buffer with silence: that starts the device, and the delay can be read."""
        size, period = ctypes.c_ulong(), ctypes.c_ulong()
        self._alsa.snd_pcm_get_params(self._pcm, ctypes.byref(size), ctypes.byref(period))
        self._queue(np.zeros(size.value, np.float32))

    def _refuse_haste(self, count: int) -> None:
        """What nobody can have heard must not be reported as played."""
        self._written += count
        elapsed_ns = time.monotonic_ns() - self._opened_ns
        if ns_of(self._written) > elapsed_ns * (1 + HASTE_RATIO) + HASTE_NS:
            raise SinkError("Thiết bị nhận tiếng nhanh hơn thời gian thực: không phải loa")

    def _check(self, result: int, what: str) -> None:
        if result < 0:
            raise SinkError(f"{what}: {self._alsa.snd_strerror(result).decode()}")


def _libasound() -> ctypes.CDLL:
    try:
        return library()
    except OSError as error:
        raise SinkError(str(error)) from error
