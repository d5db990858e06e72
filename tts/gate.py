"""The child's side of the gate: limits on itself first, then decode a file nobody trusts."""

import resource
import sys
import wave
from collections.abc import Iterator
from os import SEEK_END
from pathlib import Path
from typing import BinaryIO

import av
import msgspec
from av import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer

from tts.frames import RATE_HZ
from tts.refusals import MAX_MINUTES, SILENCE_DBFS, Refusal, Report

# Without this list a playlist named .mp3 makes FFmpeg read other files (audio reference §3).
# matroska,webm are what browsers record.
FORMATS = "mp3,wav,mov,ogg,amr,flac,aac,asf,matroska,webm"
# A decoder needs 40 MB; libraries reserve far more addresses than they use.
MEMORY_BYTES = 1_000_000_000
CPU_S = 100
RATES_HZ = range(8_000, 192_001)
CHANNELS = range(1, 9)
# 27 bytes, 255 segments of 255 bytes, and the table of them (RFC 3533 §6).
_LONGEST_PAGE = 65_307
_LAST_PAGE = 4
_MAX_SAMPLES = MAX_MINUTES * 60 * RATE_HZ
# Recorders that write the header before they know the length put all ones, or nearly, into it.
_UNKNOWN_BYTES = 0x7FFF_0000
_SILENCE = 32_768 * 10 ** (SILENCE_DBFS / 20)


def confine() -> None:
    """Take away from this process whatever decoding does not need."""
    disk_bytes = 2 * _MAX_SAMPLES + 1_000_000
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CPU: CPU_S,
        resource.RLIMIT_FSIZE: disk_bytes,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))


def admit(upload: Path, out: Path, max_samples: int = _MAX_SAMPLES) -> Report:
    """Decode `upload` to a 48 kHz mono s16 WAV and report; never raises for a bad file."""
    report = Report()
    # A file object, not a name: neither an extension nor a URL inside can steer the decoder.
    with upload.open("rb") as file:
        promised, report.open_end = _promised_bytes(file), _is_open_ended(file)
        try:
            with av.open(file, "r", options={"format_whitelist": FORMATS}) as container:
                report.refusal = _decode(container, out, report, max_samples)
        except (av.FFmpegError, ValueError, LookupError):
            report.refusal = Refusal.NOT_AUDIO
        except OSError:  # FFmpeg's are caught above; what is left is the sound we write
            report.refusal = Refusal.NO_ROOM
    if promised > upload.stat().st_size:  # FFmpeg takes what there is for the whole
        report.declared_s = report.seconds * promised / upload.stat().st_size
    return report


def _promised_bytes(file: BinaryIO) -> int:
    """How large a WAV file says it is; 0 if it does not say, or is no WAV."""
    head = file.read(8)
    file.seek(0)
    size = int.from_bytes(head[4:], "little")
    return size + 8 if head[:4] == b"RIFF" and size < _UNKNOWN_BYTES else 0


def _is_open_ended(file: BinaryIO) -> bool:
    """Whether the last page of an Ogg file is not marked as the last one (RFC 3533 §6)."""
    ogg = file.read(4) == b"OggS"
    file.seek(max(0, file.seek(0, SEEK_END) - _LONGEST_PAGE))
    tail = file.read()
    file.seek(0)
    last = tail.rfind(b"OggS")
    flags = tail[last + 5 : last + 6] or b"\0"
    return ogg and not flags[0] & _LAST_PAGE


def _decode(
    container: InputContainer, out: Path, report: Report, max_samples: int
) -> Refusal | None:
    if not container.streams.audio:
        return Refusal.NO_SOUND_TRACK
    stream = container.streams.audio[0]
    if stream.rate not in RATES_HZ or stream.channels not in CHANNELS:
        return Refusal.NOT_AUDIO
    report.declared_s = (container.duration or 0) / 1_000_000  # AV_TIME_BASE is µs
    samples, loudest = 0, 0
    with wave.open(str(out), "wb") as master:
        master.setnchannels(1)
        master.setsampwidth(2)
        master.setframerate(RATE_HZ)
        for frame in _uniform(_frames(container, stream, report)):
            samples += frame.samples
            if samples > max_samples:
                return Refusal.TOO_LONG
            pcm = frame.to_ndarray()
            loudest = max(loudest, int(pcm.max()), -int(pcm.min()))
            master.writeframes(pcm.tobytes())
    report.seconds = samples / RATE_HZ
    if samples == 0:
        return Refusal.NOT_AUDIO
    return Refusal.SILENT if loudest < _SILENCE else None


def _frames(container: InputContainer, stream: AudioStream, report: Report) -> Iterator[AudioFrame]:
    """Frames of one stream; damaged packets are counted and passed over."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
            report.packets += 1
            yield from packet.decode()
        except StopIteration:
            return
        except av.EOFError:
            return
        except av.FFmpegError:
            report.errors += 1


def _uniform(frames: Iterator[AudioFrame]) -> Iterator[AudioFrame]:
    """The frames as 48 kHz mono s16, also when a stream changes its form half-way."""
    form, resampler = None, None
    for frame in frames:
        now = (frame.format.name, frame.layout.name, frame.sample_rate)
        if resampler is None or now != form:
            if resampler is not None:
                yield from resampler.resample(None)
            form, resampler = now, av.AudioResampler("s16", "mono", RATE_HZ)
        frame.pts = None  # gaps and lies in time stamps are not ours to play
        yield from resampler.resample(frame)
    if resampler is not None:
        yield from resampler.resample(None)


if __name__ == "__main__":
    confine()
    answer = admit(Path(sys.argv[1]), Path(sys.argv[2]))
    sys.stdout.buffer.write(msgspec.json.encode(answer))
