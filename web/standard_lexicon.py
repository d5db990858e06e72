"""Standard lexicon: the readings that come with the program, to be looked up and not changed."""

from collections.abc import Iterator

from controller import entered
from controller.model.folding import folded
from tts.normalise.lexicon import Entry, standard

A_SCREENFUL = 30


def matching(words: str) -> list[Entry]:
    """The entries whose token or reading holds the words, marks or not; at most a screenful.

    What begins with the words comes first.
    """
    wanted = folded(entered.line(words))
    once = dict.fromkeys(_all())
    found = [each for each in once if wanted in folded(f"{each.token}\n{each.reading}")]
    found.sort(key=lambda each: (not folded(each.token).startswith(wanted), folded(each.token)))
    return found[:A_SCREENFUL]


def _all() -> Iterator[Entry]:
    lexicon = standard()
    for table in (lexicon.abbreviations, lexicon.documents, lexicon.issuers, lexicon.words):
        yield from (Entry(token, reading) for token, reading in table.items())
    yield from lexicon.contextual
