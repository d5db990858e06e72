"""Read a text: families of tokens in their order, then the plain words between them."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from tts.normalise import (
    abbreviations,
    bare_days,
    boilerplate,
    codes,
    compounds,
    contacts,
    coordinates,
    court_codes,
    dates,
    dotted,
    durations,
    english_dates,
    entries,
    enumerations,
    forms,
    formulas,
    fractions,
    fuels,
    identity,
    law_codes,
    law_names,
    law_refs,
    measures,
    medals,
    messages,
    money,
    months,
    named_signs,
    names,
    numbers,
    ordinals,
    part_signs,
    phones,
    places,
    powers,
    questions,
    rates,
    repeats,
    roads,
    romans,
    sections,
    spans,
    stretches,
    symbols,
    times,
    titles,
    varieties,
    ways,
    weekdays,
    years,
)
from tts.normalise.capitals import in_small_letters
from tts.normalise.cells import parted
from tts.normalise.claims import Claim, claim
from tts.normalise.compose import compose
from tts.normalise.gaps import open_gaps
from tts.normalise.headings import in_heading
from tts.normalise.lexicon import Lexicon, standard
from tts.normalise.reading import Piece, Reading, Unknown
from tts.normalise.rules import MASK, Doubt, Rule
from tts.normalise.shapes import in_plain_shapes
from tts.normalise.variants import as_listed
from tts.normalise.words import TOKEN, say_word
from tts.normalise.wrapped import joined

# The order decides who may take a token first: longer and stricter forms before shorter ones.
FAMILIES = (
    boilerplate, forms, law_names, court_codes, law_codes, law_refs, contacts, entries, questions,
    enumerations, sections, messages, titles, formulas, fuels, dotted, compounds, repeats, powers,
    part_signs, stretches, english_dates, dates, months, weekdays, bare_days, years, phones,
    identity, varieties, codes, roads, times, durations, money, rates, coordinates, medals,
    measures, ordinals, romans, places, names, abbreviations, fractions, spans, ways, named_signs,
    numbers, symbols,
)  # fmt: skip  # an order, read across

_WIDER = ord("！") - ord("!")
_PAUSES = {"(": ",", ")": ",", "[": ",", "]": ",", "/": ",", "…": "."}
_SILENT = set("\"'“”‘’«»-–—−") | {MASK}
_DASHES = set("-–—−")
_DASH_OF_A_CODE = re.compile(r"(?<=[A-ZĐ\d])[‐‑–—](?=[A-ZĐ\d])")
# "500.0000": passed over, the mark would make two numbers of one. Between two telephone numbers
# "/" is a pause.
_INSIDE_A_NUMBER = re.compile(r"(?<=\d)(?:[.,:]|(?<!\d{6})/|/(?!\d(?:[ .\-]?\d){5}))(?=\d)")

_INSIDE_A_CODE = re.compile(r"(?<=[A-ZĐ])\.(?=\d)")  # "IC.19"

# A dash that no family took for a minus and that a listener might miss: before a number that it
# touches, or before degrees.
_PERHAPS_A_SIGN = re.compile(
    r"(?<![\w.)\]%°…\s])[-–−](?=\d)"
    r"|(?:(?<=[a-zà-ỹ])|(?<=[^\s\d][ ]))[-–−](?=[ ]?\d+(?:[.,]\d+)?\s?(?:[°º℃]|độ\b|oC\b))"
)


def read(text: str, lexicon: Lexicon | None = None) -> Reading:
    """Read a text of any size and content; never raises. See Reading."""
    lexicon = lexicon or standard()
    text = tidy(text)
    claims, rest = claim(as_listed(in_small_letters(text), lexicon), _rules(lexicon))
    said = sorted([*claims, *_between(text, rest, lexicon)])
    return Reading(
        text=text,
        spoken=compose(piece.spoken for piece in said),
        unknown=tuple(Unknown(c.span, text[slice(*c.span)]) for c in said if not c.known),
        map=tuple(Piece(words, c.span) for c in said if (words := c.spoken.strip(" \n,:;.!?"))),
    )


def tidy(text: str) -> str:
    """NFC, single plain spaces, our digits; no invisible characters, none of private areas; a
    space between words and numbers typed together.

    A word processor's dash inside a code or number ("NĐ–CP", "21B1–234.56") is a hyphen.
    """
    text = in_plain_shapes(unicodedata.normalize("NFC", text))
    text = parted(text.replace("\r\n", "\n").replace("\r", "\n"))
    text = re.sub(" {2,}", " ", joined("".join(map(_visible, text))))
    text = re.sub(r"\+\s?/\s?[-–−]", "±", text)
    return open_gaps(_DASH_OF_A_CODE.sub("-", text))


def _visible(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Zs" or character == "\t":
        return " "
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    if "₀" <= character <= "₉":
        return str(unicodedata.digit(character))
    if "！" <= character <= "～":  # the wide forms of East Asian keyboards
        return chr(ord(character) - _WIDER)
    if character == "\n" or kind not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Cn"):
        return character
    return "\n" if kind in ("Zl", "Zp") else ""


# Eight: the standard lexicon and those of the communes that one process reads for in turn.
@lru_cache(maxsize=8)
def _rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    return tuple(rule for family in FAMILIES for rule in family.rules(lexicon))


def _between(text: str, rest: str, lexicon: Lexicon) -> Iterator[Claim]:
    """Words, marks and line ends that no family claimed: `rest` of `text`."""
    for match in TOKEN.finditer(rest):
        token, span = match[0], match.span()
        if token.isspace():
            if "\n" in token:
                yield Claim(span, token, known=True)
            elif text[span[0] - 1 : span[0]].isdigit() and text[span[1] : span[1] + 1].isdigit():
                yield Claim(span, ",", known=True)  # "báo động 2, 0,25 mét"
        elif token[0].isalnum():
            said = say_word(token, lexicon, in_heading=in_heading(match))
            known = not isinstance(said, Doubt)
            yield Claim(span, said.spoken if isinstance(said, Doubt) else str(said), known=known)
        elif token != MASK:
            joint, sign = (
                pattern.match(text, match.start())
                for pattern in (_INSIDE_A_NUMBER, _PERHAPS_A_SIGN)
            )
            yield Claim(span, ",", known=False) if joint or sign else _mark(match)


def _mark(match: "re.Match[str]") -> Claim:
    mark, span = match[0], match.span()
    if _INSIDE_A_CODE.match(match.string, span[0]):
        return Claim(span, " ", known=True)
    if mark in ",:;.!?":
        return Claim(span, mark, known=True)
    if mark in _DASHES:
        beside = match.string[max(0, span[0] - 1) : span[0]]
        pause = beside.isspace() or beside == MASK
        return Claim(span, "," if pause else " ", known=True)
    if mark in _PAUSES or mark in _SILENT:
        return Claim(span, _PAUSES.get(mark, " "), known=True)
    return Claim(span, " ", known=False)
