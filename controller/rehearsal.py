"""Rehearsal: how a text would be read, shown at once and before any recording is made."""

from msgspec import Struct

from controller import entered
from controller.drafts import text_problems
from controller.errors import Invalid
from tts.meaning import Mismatch, check
from tts.normalise import Reading, read
from tts.normalise.lexicon import Entry, standard


class Rehearsal(Struct, frozen=True):
    """The reading, and each place where it would say something else than the text."""

    reading: Reading
    mismatches: tuple[Mismatch, ...]


def rehearse(text: str, entries: tuple[Entry, ...]) -> Rehearsal:
    """Read a text by the standard lexicon and these entries. Raises Invalid: empty or too long."""
    text = entered.text(text)
    if found := list(text_problems(text)):
        raise Invalid(found)
    reading = read(text, standard().with_entries(entries))
    return Rehearsal(reading, check(reading))
