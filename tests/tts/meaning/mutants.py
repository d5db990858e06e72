"""Right readings made wrong, one change of meaning at a time."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

from tts.normalise import Piece, Reading

Words = list[str]
Mutation = Callable[[Words, random.Random], Words | None]
"""The words of one piece made wrong; None if this piece offers nothing for it."""

DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
SIZES = ["nghìn", "triệu", "tỷ"]
NUMBER_WORDS = {*DIGITS, *SIZES, "mười", "mươi", "trăm", "mốt", "tư", "lăm", "linh", "phẩy"}
NEGATIONS = ["không", "chưa", "cấm", "trừ", "miễn", "hủy", "chẳng"]


def _places(words: Words, wanted: set[str]) -> list[int]:
    return [index for index, word in enumerate(words) if word in wanted]


def _dropping(*wanted: str) -> Mutation:
    def drop(words: Words, rng: random.Random) -> Words | None:
        places = _places(words, set(wanted))
        if not places:
            return None
        at = rng.choice(places)
        return words[:at] + words[at + 1 :]

    return drop


def _turning(word: str, into: list[str]) -> Mutation:
    def turn(words: Words, rng: random.Random) -> Words | None:
        places = _places(words, {word})
        if not places:
            return None
        at = rng.choice(places)
        return words[:at] + into + words[at + 1 :]

    return turn


def another_digit(words: Words, rng: random.Random) -> Words | None:
    places = _places(words, set(DIGITS))
    if not places:
        return None
    at = rng.choice(places)
    other = rng.choice([digit for digit in DIGITS if digit != words[at]])
    return [*words[:at], other, *words[at + 1 :]]


def zero_after_the_comma_lost(words: Words, rng: random.Random) -> Words | None:
    for at, word in enumerate(words[:-1]):
        if word == "phẩy" and words[at + 1] == "không":
            return words[: at + 1] + words[at + 2 :]
    return None


def last_zero_lost(words: Words, rng: random.Random) -> Words | None:
    return words[:-1] if words[-1] == "không" and len(words) > 1 else None


def first_group_lost(words: Words, rng: random.Random) -> Words | None:
    places = [at for at in _places(words, set(SIZES)) if at + 1 < len(words)]
    rest = words[places[0] + 1 :] if places else []
    return rest if _places(rest, NUMBER_WORDS) else None


def only_the_first_group(words: Words, rng: random.Random) -> Words | None:
    places = _places(words, {"nghìn", "triệu"})
    return words[: places[0]] if places and places[0] else None


def day_and_month_swapped(words: Words, rng: random.Random) -> Words | None:
    if "tháng" not in words:
        return None
    at = words.index("tháng")
    first = [word for word in words[:at] if word in NUMBER_WORDS]
    after = words[at + 1 :]
    length = next(
        (i for i, w in enumerate(after) if w not in NUMBER_WORDS or w == "năm"), len(after)
    )
    length = max(length, 1)
    second = after[:length]
    if not first or ["bốn" if w == "tư" else w for w in second] == first or len(first) > 3:
        return None
    return [*second, "tháng", *first, *after[length:]]


def minutes_lost(words: Words, rng: random.Random) -> Words | None:
    if "giờ" not in words or "phút" not in words or "đến" in words:
        return None
    return words[: words.index("giờ") + 1]


def a_number_out_of_nowhere(words: Words, rng: random.Random) -> Words:
    at = rng.randrange(len(words) + 1)
    return [*words[:at], rng.choice(DIGITS[1:]), "mươi", *words[at:]]


def said_twice(words: Words, rng: random.Random) -> Words | None:
    return words * 2 if set(words) & NUMBER_WORDS else None


def nothing_said(words: Words, rng: random.Random) -> Words:
    return []


def a_range_as_a_date(words: Words, rng: random.Random) -> Words | None:
    if "đến" not in words or "tháng" in words:
        return None
    at = words.index("đến")
    return [*words[:at], "tháng", *words[at + 1 :]]


def a_sign_added(words: Words, rng: random.Random) -> Words | None:
    return ["âm", *words] if words[0] in NUMBER_WORDS else None


OF_FIGURES: dict[str, Mutation] = {
    f.__name__: f
    for f in (
        another_digit, zero_after_the_comma_lost, last_zero_lost, first_group_lost,
        only_the_first_group, day_and_month_swapped, minutes_lost, a_number_out_of_nowhere,
        said_twice, nothing_said, a_range_as_a_date, a_sign_added,
    )
} | {
    "sign lost": _dropping("âm"),
    "range lost": _dropping("đến"),
    "range as minus": _turning("đến", ["trừ"]),
    "range as sign": _turning("đến", ["âm"]),
    "comma lost": _dropping("phẩy"),
    "percent lost": _turning("phần", []),
    "percent as per mille": _turning("trăm", ["nghìn"]),
    "size lost": _dropping(*SIZES),
    "thousand as million": _turning("nghìn", ["triệu"]),
    "million as thousand": _turning("triệu", ["nghìn"]),
    "thousands of dong": lambda words, rng: None if "không" in words[-2:] else _turning(
        "đồng", ["nghìn", "đồng"]
    )(words, rng),  # no dong are no thousands either
    "dong lost": lambda words, rng: None if "hội" in words else _dropping("đồng")(words, rng),
    "kilo lost": _turning("ki", []),
    "ten as tens": _turning("mười", ["hai", "mươi"]),
    "month lost": _dropping("tháng"),
    "hour lost": _dropping("giờ"),
}  # fmt: skip  # a list, read across


def _another_negation_word(words: Words, rng: random.Random) -> Words:
    at = rng.randrange(len(words) + 1)
    return [*words[:at], rng.choice(NEGATIONS), *words[at:]]


OF_WORDS: dict[str, Mutation] = {
    "negation lost": lambda words, _: [] if set(words) & set(NEGATIONS) else None,
    "negation turned": lambda words, _: ["nên"] if set(words) & set(NEGATIONS) else None,
    "negation added": _another_negation_word,
    "number added": a_number_out_of_nowhere,
    "one digit added": lambda words, rng: [*words, rng.choice(["hai", "bốn", "sáu", "tám"])],
}


def mutants(reading: Reading, rng: random.Random) -> Iterator[tuple[str, Piece, Reading]]:
    """Every mutation of every figure, and one for each plain word: (kind, wrong piece, reading)."""
    reported = [unknown.span for unknown in reading.unknown]
    for index, piece in enumerate(reading.map):
        if any(piece.span[0] < end and start < piece.span[1] for start, end in reported):
            continue  # the officer is told already
        source = reading.text[slice(*piece.span)]
        words = piece.spoken.lower().replace(",", "").replace(".", "").split()
        figure = any(character.isdigit() for character in source)
        kinds = OF_FIGURES if figure else _some(OF_WORDS, words, rng)
        for kind, mutate in kinds.items():
            wrong = mutate(words, rng)
            if wrong is not None and wrong != words:
                yield kind, *_with(reading, index, " ".join(wrong))


def _some(kinds: dict[str, Mutation], words: Words, rng: random.Random) -> dict[str, Mutation]:
    """Plain words are many: their negations always, one other change for every tenth."""
    if set(words) & set(NEGATIONS):
        return {kind: kinds[kind] for kind in ("negation lost", "negation turned")}
    kind = rng.choice(list(kinds))
    return {kind: kinds[kind]} if rng.random() < 0.1 else {}


def _with(reading: Reading, index: int, spoken: str) -> tuple[Piece, Reading]:
    wrong = replace(reading.map[index], spoken=spoken)
    pieces = [*reading.map[:index], *([wrong] if spoken else []), *reading.map[index + 1 :]]
    said = " ".join(piece.spoken for piece in pieces)
    return wrong, replace(reading, map=tuple(pieces), spoken=said)
