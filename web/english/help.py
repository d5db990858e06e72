"""Help in English: each line is a message; what it says stands on a button is looked up too."""

import re
from functools import cache

from web.english.catalogue import catalogue, english
from web.help_text import Task, Topic

QUOTED = re.compile("“([^”]+)”")


@cache
def in_english(topic: Topic) -> Topic:
    """The same topic, its buttons called as they are on the pages."""
    return Topic(
        slug=topic.slug,
        title=line(topic.title),
        endpoints=topic.endpoints,
        purpose=line(topic.purpose),
        tasks=tuple(Task(line(task.title), _lines(task.steps)) for task in topic.tasks),
        trouble=_lines(topic.trouble),
    )


def message(text: str) -> str:
    """The id of a line: what it quotes are holes."""
    number = iter(range(1, 100))
    return QUOTED.sub(lambda _: f"“{{{next(number)}}}”", text)


def line(text: str) -> str:
    """A line of help in English; itself when it is not known."""
    known = catalogue("help").get(message(text), text)
    labels = [english(label) for label in QUOTED.findall(text)]
    return re.sub(r"\{(\d+)\}", lambda hole: labels[int(hole[1]) - 1], known)


def _lines(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line(text) for text in texts)
