"""The editable, versioned list of readings that no rule can know."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Entry:
    """How a token is read. With company, only in it: one of `next` or `previous` beside it, or one
    of `near` anywhere around it in its line.
    """

    token: str
    reading: str
    next: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """Readings by token; see data/lexicon.toml for what each table is.

    Two lexicons of one version with the same local entries are the same.
    """

    version: int
    abbreviations: dict[str, str] = field(compare=False)
    contextual: tuple[Entry, ...] = field(compare=False)
    documents: dict[str, str] = field(compare=False)
    issuers: dict[str, str] = field(compare=False)
    words: dict[str, str] = field(compare=False)
    parts: dict[str, str] = field(compare=False)
    names: frozenset[str] = field(compare=False)
    local: tuple[Entry, ...] = ()

    def with_entries(self, entries: Iterable[Entry]) -> "Lexicon":
        """This lexicon with a commune's own entries, which outrank the standard ones."""
        return replace(self, local=tuple(entries))


@cache
def standard() -> Lexicon:
    """The lexicon that comes with the program."""
    text = resources.files("tts").joinpath("data/lexicon.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    contextual = tuple(
        Entry(
            item["token"],
            item["reading"],
            tuple(item.get("next", ())),
            tuple(item.get("previous", ())),
            tuple(item.get("near", ())),
        )
        for item in raw["contextual"]
    )
    names = frozenset(name.lower() for name in raw["names"]["as_written"])
    tables = {
        name: raw[name] for name in ("abbreviations", "documents", "issuers", "words", "parts")
    }
    return Lexicon(version=raw["version"], contextual=contextual, names=names, **tables)
