"""The child's side of an engine: pieces on standard input, answers on standard output."""

import os
import sys
from collections.abc import Callable

import msgspec

from tts.engines.piece import Done, Piece
from tts.errors import NoRoom, SpeechError

# An answer is shorter than PIPE_BUF (4,096 bytes, pipe(7)), so that it arrives in one go.
MOST_CHARACTERS = 500


def serve(read: Callable[[Piece], None]) -> None:
    """Answer until standard input ends, as it does when the parent is gone.

    `read` writes `piece.out` whole or raises SpeechError, or OSError if the disk failed.
    """
    answers = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    for line in sys.stdin.buffer:
        done = _read(read, msgspec.json.decode(line, type=Piece))
        os.write(answers, msgspec.json.encode(done) + b"\n")


def _read(read: Callable[[Piece], None], piece: Piece) -> Done:
    try:
        read(piece)
    except SpeechError as fault:
        return _failed(fault)
    except OSError as fault:
        return _failed(NoRoom(detail=str(fault)))
    return Done()


def _failed(fault: SpeechError) -> Done:
    facts = {
        name: fact[:MOST_CHARACTERS] if isinstance(fact, str) else fact
        for name, fact in fault.facts.items()
    }
    return Done(fault.code, str(fault)[:MOST_CHARACTERS], facts)
