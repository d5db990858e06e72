"""Whether what is heard holds all that was written, in order, and nothing more."""

from dataclasses import dataclass

from tts.meaning.heard import Heard
from tts.meaning.sounds import Form
from tts.meaning.want import Want
from tts.meaning.words import is_charged


@dataclass(frozen=True, slots=True)
class Lost:
    """The first thing that is not heard as it is written."""

    want: Want


@dataclass(frozen=True, slots=True)
class Added:
    """Words that nothing in the source accounts for."""

    words: str


def listen(wants: list[Want], words: tuple[str, ...]) -> Lost | Added | None:
    """None if the words say all wants. Every possible parse is followed at once."""
    heard = Heard(words)
    places = _onward(words, {0})
    for want in wants:
        reached = {end for at in places for form in want.forms for end in _ends(form, heard, at)}
        if not reached and want.needed:
            return Lost(want)
        places = _onward(words, reached if want.needed else reached | places)
    if len(words) in places:
        return None
    at = max(places)
    return Added(" ".join(words[at : at + 4]))


def _ends(form: Form, heard: Heard, at: int) -> set[int]:
    reached = {at}
    for sound in form:
        reached = {end for place in reached for end in sound.ends(heard, place)}
    return reached


def _onward(words: tuple[str, ...], places: set[int]) -> set[int]:
    """From each place over the words that carry no number, sign or negation."""
    found = set()
    for place in places:
        at = place
        while at not in found:
            found.add(at)
            if at >= len(words) or is_charged(words, at):
                break
            at += 1
    return found
