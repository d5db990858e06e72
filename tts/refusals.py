"""What the gate's child tells its parent: why an upload is not taken, and what was seen of it."""

from enum import StrEnum

import msgspec

# A commune's longest programme is half an hour; an hour of upload is a mistake.
MAX_MINUTES = 60
SILENCE_DBFS = -60.0


class Refusal(StrEnum):
    """Why an upload is not taken; the values are stable codes."""

    EMPTY = "empty_file"
    TOO_BIG = "file_too_big"
    NOT_AUDIO = "not_audio"
    NO_SOUND_TRACK = "no_sound_track"
    TOO_LONG = "audio_too_long"
    SILENT = "silent"
    DAMAGED = "damaged"
    TIMED_OUT = "decoding_timed_out"
    NO_ROOM = "no_room"  # no fault of the file: tts.errors.NoRoom has the same code


class Report(msgspec.Struct, kw_only=True):
    """What the child saw. `declared_s` is what the file's header promised, 0 if nothing;
    `open_end`: the file says of itself that more should follow.
    """

    refusal: Refusal | None = None
    seconds: float = 0.0
    declared_s: float = 0.0
    packets: int = 0
    errors: int = 0
    open_end: bool = False
