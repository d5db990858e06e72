"""A recording for the sample province: the chime, made without any voice."""

import tempfile
import wave
from pathlib import Path

from controller.media.disk import DiskMedia
from controller.ports import Voiced

SPOKEN = "Sáng mai trạm y tế tiêm chủng cho trẻ dưới một tuổi."


def chime(media: DiskMedia) -> Voiced:
    """What a Voice would give for `SPOKEN`; two seconds long, the same bytes each time."""
    # heavy: only who shows the sample province loads them
    from tts.chime import OPENING_HZ, ring  # noqa: PLC0415
    from tts.frames import RATE_HZ  # noqa: PLC0415
    from tts.levels import Part  # noqa: PLC0415
    from tts.mastering import master  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="truyen-thanh-") as folder:
        raw = Path(folder) / "chime.wav"
        with wave.open(str(raw), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(RATE_HZ)
            sound.writeframes(ring(OPENING_HZ, RATE_HZ))
        made = master([Part(raw, 0.0)], media.recordings)
    recording = made.recording
    return Voiced(
        sha256=recording.sha256,
        size=recording.size,
        samples=recording.samples,
        format=recording.format,
        loudness_lufs=recording.loudness_lufs,
        true_peak_dbtp=recording.true_peak_dbtp,
        waveform=made.waveform,
        reading={"spoken": SPOKEN, "unknown": [], "map": []},
    )
