"""`python -m tts`: read lines, speak a file, list voices; and the render child of a server.

Libraries of sound are loaded only by the commands that make sound.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import msgspec

from tts.craft import Craft, Loudness
from tts.engines.settings import EngineSettings
from tts.errors import BadRequest, SpeechError
from tts.normalise import read
from tts.ports import Pace
from tts.wire import DEFAULT_VOICE, Failed, Speak

Command = Callable[[argparse.Namespace], int]


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 if it worked, 1 with a sentence on standard error if not."""
    chosen = _parser().parse_args(arguments)
    command: Command = chosen.command
    try:
        return command(chosen)
    except SpeechError as fault:
        sys.stderr.write(f"{fault}\n")
    except BrokenPipeError:  # who asked has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as fault:
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
    _add_places(add("voices", _voices, "the voices there are"))
    add("render", _render, "one JSON request in, one JSON answer out")
    one = add("speak", _speak, "read a text file into a recording (.ogg or .wav)")
    one.add_argument("--engine", default="espeak")
    one.add_argument("--voice", default=DEFAULT_VOICE)
    one.add_argument("file", type=Path)
    one.add_argument("-o", "--out", type=Path, required=True)
    _add_places(one)
    _add_craft(one)
    return parser


def _add_places(command: argparse.ArgumentParser) -> None:
    command.add_argument("--voices-dir", default="", help="where the Piper voices lie")
    command.add_argument("--profiles-dir", default="", help="where profiles of providers lie")


def _add_craft(command: argparse.ArgumentParser) -> None:
    command.add_argument("--pace", choices=get_args(Pace), default="normal")
    command.add_argument("--loudness", choices=get_args(Loudness), default="normal")
    command.add_argument("--identify", default="", help="said after the opening chime")
    command.add_argument("--closing", default="", help="said before the closing chime")
    command.add_argument("--answer-voice", default="", help="engine:voice that reads the answers")
    command.add_argument("--repeat", action="store_true", help="read the text twice")
    command.add_argument("--no-chime", dest="chime", action="store_false")


def _normalise(_chosen: argparse.Namespace) -> int:
    for line in sys.stdin.buffer:
        reading = read(line.rstrip(b"\r\n").decode(errors="replace"))
        sys.stdout.buffer.write(msgspec.json.encode(reading) + b"\n")
        sys.stdout.buffer.flush()
    return 0


def _voices(chosen: argparse.Namespace) -> int:
    from tts.engines import voices  # noqa: PLC0415 - heavy

    settings = EngineSettings(voices_dir=chosen.voices_dir, profiles_dir=chosen.profiles_dir)
    for voice in voices(settings):
        problem = f"\t{voice.problem}" if voice.problem else ""
        sys.stdout.write(f"{voice.engine}\t{voice.voice}\t{voice.label}{problem}\n")
    return 0


def _speak(chosen: argparse.Namespace) -> int:
    from tts.saving import save  # noqa: PLC0415 - heavy
    from tts.speech import speak  # noqa: PLC0415 - heavy

    with tempfile.TemporaryDirectory(prefix="tt-speak-") as scratch:
        done = speak(_request(chosen, scratch), _tell if sys.stderr.isatty() else None)
        save(done.recording, chosen.out)
    for caution in done.cautions:
        sys.stderr.write(f"{caution.message}\n")
    for unknown in done.reading.unknown if done.reading else ():
        sys.stderr.write(f"không biết đọc: {unknown.token!r} tại {unknown.span}\n")
    return 0


def _request(chosen: argparse.Namespace, out_dir: str) -> Speak:
    enabled = (chosen.engine, chosen.answer_voice.partition(":")[0])
    return Speak(
        text=_text(chosen.file),
        out_dir=out_dir,
        engine=chosen.engine,
        voice=chosen.voice,
        engines=EngineSettings(
            enabled=enabled, voices_dir=chosen.voices_dir, profiles_dir=chosen.profiles_dir
        ),
        craft=Craft(
            pace=chosen.pace,
            loudness=chosen.loudness,
            chime=chosen.chime,
            identification=chosen.identify,
            repeat=chosen.repeat,
            closing=chosen.closing,
            answer_voice=chosen.answer_voice,
        ),
    )


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadRequest(f"Tệp {file} không phải văn bản UTF-8; hãy lưu lại dạng UTF-8.") from None


def _tell(done: int, total: int) -> None:
    sys.stderr.write(f"\rvoice {done}/{total}" + "\n" * (done == total))


def _render(_chosen: argparse.Namespace) -> int:
    from tts.render import render  # noqa: PLC0415 - heavy

    answer = render(sys.stdin.buffer.read())
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    return 1 if isinstance(answer, Failed) else 0


if __name__ == "__main__":
    sys.exit(main())
