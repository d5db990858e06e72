"""`python -m web.english`: which messages have no English yet, and which are said no more."""

import sys
from collections.abc import Mapping

from web.english import gathering
from web.english.catalogue import catalogue

SAID = {
    "pages": (gathering.of_templates, gathering.of_expressions),
    "words": (gathering.of_python, gathering.of_forms),
    "scripts": (gathering.of_scripts,),
    "help": (gathering.of_help,),
}
"""By catalogue, who says what stands in it. What stays Vietnamese is its own English there."""


def missing(name: str) -> Mapping[str, str]:
    """Message ids without English, with the place of each."""
    known = catalogue(name)
    return {said: at for each in SAID[name] for said, at in each() if said not in known}


def unsaid(name: str) -> list[str]:
    """Messages that nobody says any more."""
    said = {message for each in SAID[name] for message, _ in each()}
    return [message for message in catalogue(name) if message not in said]


def main() -> int:
    """Tell all; 1 when English is missing."""
    lacks = 0
    for name in SAID:
        for said, at in missing(name).items():
            lacks += 1
            print(f"{at}: add to web/english/{name}.po:\nmsgid {said!r}")
        for message in unsaid(name) if name != "words" else ():  # some are parts of what is made
            print(f"web/english/{name}.po: said no more: {message}")
    return int(lacks > 0)


if __name__ == "__main__":
    sys.exit(main())
