"""All texts of a bulletin read, and each reading heard against its source before it is said."""

from typing import NamedTuple

from tts.cautions import Caution
from tts.craft import Craft
from tts.errors import MeaningChanged, NothingToSay, TextTooLong
from tts.meaning import check
from tts.normalise import Reading, read
from tts.normalise.lexicon import Lexicon
from tts.script import Spoken

# Ten minutes of speech: 11.7 characters a second measured with espeak at 120 words a minute.
MAX_CHARACTERS = 7_000
# A name and a greeting.
MAX_CRAFT_CHARACTERS = 500


class Readings(NamedTuple):
    """The reading of the text, what is said in all, and what the author must be told."""

    text: Reading
    spoken: Spoken
    cautions: tuple[Caution, ...]


def read_all(text: str, craft: Craft, lexicon: Lexicon) -> Readings:
    """Raises NothingToSay, TextTooLong, MeaningChanged."""
    reading = _read(text, lexicon, MAX_CHARACTERS, "Văn bản")
    if not any(letter.isalpha() for letter in reading.spoken):
        raise NothingToSay
    identification = _read(craft.identification, lexicon, MAX_CRAFT_CHARACTERS, "Lời xưng danh")
    closing = _read(craft.closing, lexicon, MAX_CRAFT_CHARACTERS, "Lời kết")
    spoken = Spoken(
        text=reading.spoken, identification=identification.spoken, closing=closing.spoken
    )
    return Readings(
        reading, spoken, (*_unknown(identification, "lời xưng danh"), *_unknown(closing, "lời kết"))
    )


def _read(text: str, lexicon: Lexicon, most: int, what: str) -> Reading:
    if len(text) > most:
        message = f"{what} dài {len(text)} ký tự; tối đa {most} ký tự."
        raise TextTooLong(message, characters=len(text), limit=most)
    reading = read(text, lexicon)
    for mismatch in check(reading):
        start, end = mismatch.span
        message = (
            f"{what} đọc ra sẽ sai nghĩa: {mismatch.problem}. Hãy viết lại chỗ này cho rõ "
            "hoặc sửa cách đọc, rồi tạo lại bản ghi âm."
        )
        raise MeaningChanged(
            message, start=start, end=end, source=mismatch.source, spoken=mismatch.spoken
        )
    return reading


def _unknown(reading: Reading, where: str) -> tuple[Caution, ...]:
    return tuple(
        Caution("unknown_token", f"Không biết đọc «{unknown.token}» trong {where}.")
        for unknown in reading.unknown
    )
