"""The editable, versioned list of readings that no rule can know."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Contextual:
    """A token read so only in company: with one of `next` after it or of `previous` before it."""

    token: str
    reading: str
    next: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Readings by token; see data/lexicon.toml for what each table is."""

    version: int
    abbreviations: dict[str, str]
    contextual: tuple[Contextual, ...]
    documents: dict[str, str]
    issuers: dict[str, str]
    words: dict[str, str]


@cache
def standard() -> Lexicon:
    """The lexicon that comes with the program."""
    text = resources.files("tts").joinpath("data/lexicon.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    contextual = tuple(
        Contextual(
            item["token"],
            item["reading"],
            tuple(item.get("next", ())),
            tuple(item.get("previous", ())),
        )
        for item in raw["contextual"]
    )
    tables = {name: raw[name] for name in ("abbreviations", "documents", "issuers", "words")}
    return Lexicon(version=raw["version"], contextual=contextual, **tables)
