"""Plain words: said as they stand if they are Vietnamese or in the lexicon, else reported."""

import re
import unicodedata

from tts.normalise.letters import NAMES, letter, spell
from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal, digit_by_digit
from tts.normalise.offices import glued
from tts.normalise.rules import Doubt
from tts.normalise.syllables import can_be_read, is_highland, is_syllable, toneless
from tts.normalise.variants import variants

TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W\d_]+)*|\n+|[^\S\n]+|.", re.DOTALL)
_RUNS = re.compile(r"\d+|[^\W\d_]+")
_MOST_RUNS = 3  # "5A", "B12", "QL3C" are names; longer mixtures are codes that nobody knows
_VIETNAMESE = re.compile(r"[0-9a-zA-ZđĐàáâãèéêìíòóôõùúýăĩũơưÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĨŨƠƯẠ-ỹ'’-]+")
_VOWEL = re.compile(r"[aăâeêioôơuưy]")
# The weak first consonant of names in the Central Highlands: R'lấp, M'gar, H'Hen, K'Brôih.
_WEAK = re.compile(r"([bcdđghjklmnprst])['’](\w+)", re.IGNORECASE)
_WEAK_NAMES = {
    "b": "bờ", "c": "cờ", "d": "dờ", "đ": "đờ", "g": "gờ", "h": "hờ", "j": "giờ", "k": "ca",
    "l": "lờ", "m": "mờ", "n": "nờ", "p": "pờ", "r": "rờ", "s": "sờ", "t": "tờ",
}  # fmt: skip  # a table
# "PÉK", "DÊÊ": the letters of an abbreviation carry no tone and make no syllable.
_MARKED_NAME = re.compile(r"[B-DGHK-NP-TVXĐ]{1,3}[ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĨŨẠ-Ỹ]{1,2}[CGHKLMNPRT]{0,2}")
# Nobody abbreviates a word of plain Vietnamese to more letters than this.
_ABBREVIATION = 5


def say_word(token: str, lexicon: Lexicon, *, in_heading: bool) -> str | Doubt:
    """A token of letters and digits. `in_heading`: its neighbours are in capitals too."""
    if known := _known(token, lexicon):
        return known
    if token.lower() in lexicon.names:
        return token
    if weak := _WEAK.fullmatch(token):
        return _weak(weak, lexicon, in_heading=in_heading)
    if not _VIETNAMESE.fullmatch(token):
        return Doubt(_foreign(token, lexicon))
    runs = _RUNS.findall(token)
    if len(runs) == 1 and runs[0] == token:
        return _run(token, in_heading=in_heading)
    said = [_known(run, lexicon) or _part(run, in_heading=in_heading) for run in runs]
    spoken = " ".join(run.spoken if isinstance(run, Doubt) else str(run) for run in said)
    sure = len(runs) <= _MOST_RUNS and not any(isinstance(run, Doubt) for run in said)
    return spoken if sure or _hyphenated(token, said) else Doubt(spoken)


def _known(token: str, lexicon: Lexicon) -> str | None:
    """A borrowed word, or an abbreviation in small letters where no family took it."""
    if token.lower() in lexicon.words:
        return lexicon.words[token.lower()]
    listed = variants(lexicon).get(token.lower(), token)
    if listed == token:
        return None
    return lexicon.abbreviations.get(listed) or glued(lexicon).get(listed)


def _weak(word: "re.Match[str]", lexicon: Lexicon, *, in_heading: bool) -> str | Doubt:
    first, rest = _WEAK_NAMES[word[1].casefold()], word[2]
    if is_highland(rest):
        return f"{first} {_as_a_name(rest)}"
    said = say_word(rest, lexicon, in_heading=in_heading)
    return Doubt(f"{first} {said.spoken}") if isinstance(said, Doubt) else f"{first} {said}"


def _foreign(token: str, lexicon: Lexicon) -> str:
    """What a Vietnamese reader can make of another alphabet: its figures and plain letters."""
    decomposed = unicodedata.normalize("NFKD", token.lower())
    plain = "".join(c for c in decomposed if c.isascii() and c.isalnum())
    return " ".join(_plain(run, lexicon) for run in _RUNS.findall(plain))


def _plain(run: str, lexicon: Lexicon) -> str:
    if known := _known(run, lexicon):
        return known
    said = _part(run, in_heading=False)
    return said.spoken if isinstance(said, Doubt) else said


def _hyphenated(token: str, said: list[str | Doubt]) -> bool:
    """ "Ra-đi-ô": all parts are syllables."""
    return not any(c.isdigit() for c in token) and not any(isinstance(s, Doubt) for s in said)


def _run(run: str, *, in_heading: bool) -> str | Doubt:
    if run[0].isdigit():
        return _number(run)
    if len(run) == 1:
        return _single(run, in_heading=in_heading)
    if is_syllable(run):
        return _syllable(run, in_heading=in_heading)
    if run.isupper() and (
        _MARKED_NAME.fullmatch(run) or can_be_read(run) or (in_heading and is_highland(run))
    ):
        return Doubt(_as_a_name(run))
    if run.isupper() or not _VOWEL.search(toneless(run)):
        return Doubt(spell(run))
    said = _as_a_name(run)
    return said if run[0].isupper() and (is_highland(run) or can_be_read(run)) else Doubt(said)


def _part(run: str, *, in_heading: bool) -> str | Doubt:
    """Of a code; a nought in front is said: PC07."""
    return digit_by_digit(run) if run[0] == "0" else _run(run, in_heading=in_heading)


def _single(letter_: str, *, in_heading: bool) -> str:
    """A vowel may be a name ("Giàng A Sử"); "I" would be taken for a Roman numeral."""
    low = letter_.lower()
    keeps_case = low not in NAMES and low != "i" and not in_heading
    return letter_ if keeps_case else letter(letter_)


def _number(run: str) -> str:
    short = len(run) <= 2 or (run[0] != "0" and len(run) <= 4)
    return cardinal(int(run)) if short and run.isascii() else digit_by_digit(run)


def _as_a_name(word: str) -> str:
    """Its first letter may be a capital, the others are not."""
    return word.capitalize() if word[0].isupper() else word.lower()


def _syllable(word: str, *, in_heading: bool) -> str | Doubt:
    if not word.isupper():
        return _as_a_name(word)
    # "CA", "TE" among small letters are likelier an abbreviation that we do not know.
    looks_short = word.isascii() and len(word) < _ABBREVIATION and not in_heading
    if not looks_short:
        return word.lower()
    # Without its tone mark "tyt" is no word: "p", "t", "c" and "ch" ask for one.
    return Doubt(spell(word) if word[-1] in "PTC" or word.endswith("CH") else word.lower())
