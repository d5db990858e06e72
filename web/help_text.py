"""Help text: what the pages are for, one file of `web/help/` each, in a small piece of Markdown.

`# title`, a line `trang:` with the endpoints it helps with (the menu's own first), a paragraph of
purpose, tasks as `## title` with numbered steps, and last `## Nếu không được` with `-` lines.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from msgspec import Struct

from controller.model.folding import folded

FOLDER = Path(__file__).with_name("help")
TROUBLE = "Nếu không được"
_QUOTED = re.compile("“([^”]+)”")
_STEP = re.compile(r"(?:\d+\.|-) (.+)")


class Task(Struct, frozen=True):
    """Something that people come for, in steps."""

    title: str
    steps: tuple[str, ...]


class Topic(Struct, frozen=True, kw_only=True):
    """The help of one page; `endpoints` are where it is shown, the first is the menu's."""

    slug: str
    title: str
    endpoints: tuple[str, ...]
    purpose: str
    tasks: tuple[Task, ...]
    trouble: tuple[str, ...]

    @property
    def words(self) -> str:
        """All of it in one line, for a search."""
        steps = [each for task in self.tasks for each in (task.title, *task.steps)]
        return " ".join((self.title, self.purpose, *steps, *self.trouble))

    @property
    def labels(self) -> list[str]:
        """What it says stands on a button, link or field."""
        return _QUOTED.findall(self.words)


def read(slug: str, text: str) -> Topic:
    """A topic of its file. Raises ValueError for one that is not written as all are."""
    head, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    found = re.fullmatch(r"# (.+)\ntrang: (.+)\n(.+)\n\s*", head)
    sections = [_section(part) for part in parts]
    if found is None or not sections or sections[-1].title != TROUBLE:
        raise ValueError(f"{slug}: not written as a help text")
    *tasks, trouble = sections
    return Topic(
        slug=slug,
        title=found[1],
        endpoints=tuple(found[2].split()),
        purpose=found[3],
        tasks=tuple(tasks),
        trouble=trouble.steps,
    )


@cache
def topics() -> tuple[Topic, ...]:
    """All of them, by slug."""
    files = sorted(FOLDER.glob("*.md"))
    return tuple(read(file.stem, file.read_text(encoding="utf-8")) for file in files)


def of_endpoint(endpoint: str, known: Iterable[Topic]) -> Topic | None:
    """The help of a page: its own, or that of the page that its blueprint belongs to."""
    known = tuple(known)
    for each in known:
        if endpoint in each.endpoints:
            return each
    blueprint = endpoint.partition(".")[0]
    return next((t for t in known if blueprint in {e.partition(".")[0] for e in t.endpoints}), None)


def search(words: str, known: Iterable[Topic]) -> list[Topic]:
    """Those that hold every word, marks or not; the title counts first."""
    wanted = folded(words).split()
    found = [t for t in known if all(word in folded(t.words) for word in wanted)]
    return sorted(found, key=lambda t: not all(word in folded(t.title) for word in wanted))


def _section(part: str) -> Task:
    title, _, rest = part.partition("\n")
    return Task(title.strip(), tuple(_STEP.findall(rest)))
