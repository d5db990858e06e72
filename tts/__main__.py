"""`python -m tts`: read lines, speak a file, list voices; and the render child of a server."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from tts.engines import choose, voices
from tts.engines.settings import EngineSettings
from tts.errors import SpeechError
from tts.normalise import read
from tts.normalise.lexicon import standard
from tts.render import render
from tts.saving import save
from tts.speech import speak
from tts.wire import Failed

Command = Callable[[argparse.Namespace], int]


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 if it worked, 1 with a sentence on standard error if not."""
    chosen = _parser().parse_args(arguments)
    command: Command = chosen.command
    try:
        return command(chosen)
    except SpeechError as fault:
        sys.stderr.write(f"{fault}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tts", description=__doc__)
    commands = parser.add_subparsers(required=True)

    def add(name: str, run: Command, text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text)
        command.set_defaults(command=run)
        return command

    add("normalise", _normalise, "lines of text in, JSON lines of readings out")
    add("voices", _voices, "the voices there are")
    add("render", _render, "one JSON request in, one JSON answer out")
    one = add("speak", _speak, "read a text file into a recording (.ogg or .wav)")
    one.add_argument("--engine", default="espeak")
    one.add_argument("--voice", default="vi")
    one.add_argument("file", type=Path)
    one.add_argument("-o", "--out", type=Path, required=True)
    return parser


def _normalise(_chosen: argparse.Namespace) -> int:
    for line in sys.stdin:
        sys.stdout.write(msgspec.json.encode(read(line.rstrip("\n"))).decode() + "\n")
    return 0


def _voices(_chosen: argparse.Namespace) -> int:
    for voice in voices(EngineSettings()):
        sys.stdout.write(f"{voice.engine}\t{voice.voice}\t{voice.label}\n")
    return 0


def _speak(chosen: argparse.Namespace) -> int:
    engine = choose(chosen.engine, chosen.voice, EngineSettings(enabled=(chosen.engine,)))
    text = chosen.file.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="tt-speak-") as scratch:
        done = speak(
            text,
            engine=engine,
            voice=chosen.voice,
            lexicon=standard(),
            out_dir=Path(scratch),
        )
        save(done.recording, chosen.out)
    for unknown in done.reading.unknown:
        sys.stderr.write(f"không biết đọc: {unknown.token!r} tại {unknown.span}\n")
    return 0


def _render(_chosen: argparse.Namespace) -> int:
    answer = render(sys.stdin.buffer.read())
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    return 1 if isinstance(answer, Failed) else 0


if __name__ == "__main__":
    sys.exit(main())
