"""`python -m benchmarks.speech [items | bench | fuzz]`; `items` when nothing is said."""

import sys

from benchmarks.speech import fuzz, own_score, side_by_side

COMMANDS = {"items": own_score.main, "bench": side_by_side.main, "fuzz": fuzz.main}


def main(arguments: list[str]) -> int:
    """The exit code of the command."""
    if arguments and arguments[0] in COMMANDS:
        return COMMANDS[arguments[0]](arguments[1:])
    return own_score.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
