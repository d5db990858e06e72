"""Texts that nobody means well: real ones mutated, soups of tokens, junk, endless runs."""

import random
import unicodedata
from collections.abc import Callable, Iterator

# What officers type around numbers; most ambiguities are made of these.
_MARKS = "0123456789" * 3 + "  .,/-–:;%°xhgmđTH()+=&@²½'\"\n"
_BETWEEN = ("", " ", "/", "-", ".", ",", " - ", "–", ": ", "\n", "(", "&", "+")
_LONGEST = 12_000  # characters of a run: a notice of an hour has 40,000
_ONE_LONG_IN = 400  # so that runs take about as much time as all others together
_MUTATIONS = 4  # at most; more and nothing of the text is left


def texts(seeds: list[str], seed: int, count: int) -> Iterator[str]:
    """`count` texts, always the same for one seed; `seeds` are the real texts to start from."""
    chance = random.Random(seed)  # texts, not secrets
    tokens = sorted({token for text in seeds for token in text.split()})
    for _ in range(count):
        if chance.randrange(_ONE_LONG_IN) == 0:
            yield _run(chance, tokens)
            continue
        yield chance.choices(
            (
                lambda: _mutated(chance, _excerpt(chance, seeds)),
                lambda: _soup(chance, tokens),
                lambda: "".join(chance.choices(_MARKS, k=chance.randint(1, 40))),
                lambda: _junk(chance),
            ),
            weights=(6, 2, 2, 1),
        )[0]()


def _excerpt(chance: random.Random, seeds: list[str]) -> str:
    """One real text, or a piece of 200 characters of a long one."""
    text = chance.choice(seeds)
    start = chance.randrange(max(1, len(text) - 200))
    return text[start : start + 200]


def _mutated(chance: random.Random, text: str) -> str:
    for _ in range(chance.randint(1, _MUTATIONS)):
        text = chance.choice(_CHANGES)(chance, text)
    return text


def _drop(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[at + chance.randint(1, 4) :]


def _insert(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(_MARKS) + text[at:]


def _double(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[max(0, at - chance.randint(1, 6)) :]


def _other_digit(chance: random.Random, text: str) -> str:
    places = [at for at, c in enumerate(text) if c.isdigit()] or [0]
    at = chance.choice(places)
    return text[:at] + str(chance.randrange(10)) + text[at + 1 :]


def _other_spaces(chance: random.Random, text: str) -> str:
    return text.replace(" ", chance.choice(("", "  ", "\u00a0", "\n", "\t", "\u200b")), 3)


def _other_case(chance: random.Random, text: str) -> str:
    return chance.choice((str.upper, str.lower, str.title, str.swapcase))(text)


def _decomposed(_chance: random.Random, text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _strange(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + _character(chance) + text[at:]


_CHANGES: tuple[Callable[[random.Random, str], str], ...] = (
    _drop, _insert, _insert, _double, _other_digit, _other_spaces, _other_case, _decomposed,
    _strange,
)  # fmt: skip  # a list, read across


def _soup(chance: random.Random, tokens: list[str]) -> str:
    count = chance.randint(1, 8)
    return "".join(chance.choice(tokens) + chance.choice(_BETWEEN) for _ in range(count))


def _junk(chance: random.Random) -> str:
    return "".join(_character(chance) for _ in range(chance.randint(1, 30)))


def _character(chance: random.Random) -> str:
    """Any code point, those of everyday scripts and signs more often; lone surrogates too."""
    top = chance.choice((0x250, 0x250, 0x2200, 0x3100, 0x11_0000))
    return chr(chance.randrange(top))


def _run(chance: random.Random, tokens: list[str]) -> str:
    """One short thing over and over: what a slow regular expression cannot bear."""
    unit = chance.choice(
        (
            chance.choice(_MARKS),
            "".join(chance.choices(_MARKS, k=chance.randint(2, 5))),
            chance.choice(tokens) + chance.choice(_BETWEEN),
        )
    )
    return unit * (chance.randint(_LONGEST // 4, _LONGEST) // len(unit))
