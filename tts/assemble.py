"""Join chime, breaths and pauses into one sound, with pydub.

pydub keeps everything in memory and has no defences, so it is given only short WAV files that
our own engines wrote (audio reference §2.1).
"""

import warnings
from collections.abc import Iterable
from pathlib import Path

from tts.chime import CLOSING_HZ, OPENING_HZ, ring
from tts.errors import TextTooLong

with warnings.catch_warnings():
    # It misses an ffmpeg that we never let it call, and has old regular expressions.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

# Between the chime and the voice: long enough for the last note to leave the horns.
AFTER_CHIME_MS = 600
# What pydub may hold: ten minutes at 22 kHz is 26 MB, twice while joining.
MAX_MS = 10 * 60 * 1000


def assemble(parts: Iterable[tuple[Path, int]], out: Path) -> None:
    """Write chime + (mono 16-bit WAV, pause after it in ms)… + chime to `out` as WAV.

    All parts have one sample rate. Raises TextTooLong beyond ten minutes.
    """
    segments = []
    for path, pause_ms in parts:
        voice = AudioSegment(path.read_bytes())  # from_wav would give a broken file to an ffmpeg
        segments += [voice, AudioSegment.silent(pause_ms, frame_rate=voice.frame_rate)]
    rate_hz = segments[0].frame_rate
    opening = [_chime(OPENING_HZ, rate_hz), AudioSegment.silent(AFTER_CHIME_MS, rate_hz)]
    _join([*opening, *segments, _chime(CLOSING_HZ, rate_hz)]).export(out, format="wav").close()


def _chime(notes_hz: tuple[float, ...], rate_hz: int) -> AudioSegment:
    return AudioSegment(ring(notes_hz, rate_hz), sample_width=2, frame_rate=rate_hz, channels=1)


def _join(segments: list[AudioSegment]) -> AudioSegment:
    total_ms = sum(map(len, segments))
    if total_ms > MAX_MS:
        raise TextTooLong("Bản tin đọc dài hơn 10 phút, hãy chia thành nhiều bản tin.")
    whole = segments[0]
    for segment in segments[1:]:
        whole = whole.append(segment, crossfade=0)
    return whole
