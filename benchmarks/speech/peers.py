"""A reader as a process of its own: `python -m benchmarks.speech.peers NAME` speaks JSON lines.

It first writes {"version"}; then for each {"text"} of its input {"said", "reported", "cpu_s"},
where `cpu_s` counts the processes that it starts too, or {"error", "cpu_s"}.
"""

import importlib.util
import json
import re
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from types import SimpleNamespace
from typing import Any

Said = str | tuple[str, tuple[str, ...]]
Reader = Callable[[str], Said]

OURS = "truyen-thanh"
# Public tools that are not measured, and why.
LEFT_OUT = {
    "nemo-text-processing 1.2.0": "1.1 GB installed, 22 s to load",
    "soe-vinorm 0.3.2": "fetches its tagger from a model hub",
    "brighto-norm4tts 1.0.0": "proprietary",
}


def ours() -> Reader:
    """Our own, with what it reports."""
    read = import_module("tts.normalise").read

    def said(text: str) -> Said:
        reading = read(text)
        return reading.spoken, tuple(unknown.token for unknown in reading.unknown)

    return said


def sea_g2p() -> Reader:
    """Rust; its tags around English words are no speech."""
    normalise = import_module("sea_g2p").Normalizer().normalize
    return lambda text: re.sub(r"</?en>", " ", normalise(text))


def vinorm() -> Reader:
    """A C++ program that is started for each text and writes into its own package."""
    return _of("vinorm", "TTSnorm")


def g2p_hamster() -> Reader:
    """The first stage of a phonemiser, an inner part of the package."""
    normalise = import_module("g2p_hamster.t0").normalize
    return lambda text: str(normalise(text)["read_string"])


def zerotts() -> Reader:
    """One module of a voice; the voice itself needs a model and is not loaded."""
    package = importlib.util.find_spec("zerotts")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("zerotts")
    sys.modules["zerotts"] = SimpleNamespace(  # type: ignore[assignment]  # stands for the voice
        __path__=list(package.submodule_search_locations), __spec__=package
    )
    return _of("zerotts.text_norm", "normalize_vi_text")


def vietnormalizer() -> Reader:
    """Python."""
    return _of_object(import_module("vietnormalizer").VietnameseNormalizer())


def vinormx() -> Reader:
    """Python, after vinorm."""
    return _of("vinormx", "TTSnorm")


def vietnam_number() -> Reader:
    """A speller of whole numbers: each run of digits."""
    spell = import_module("vietnam_number").n2w
    return lambda text: re.sub(r"\d+", lambda run: f" {spell(run[0])} ", text)


def num2words() -> Reader:
    """A speller of whole numbers: each run of digits."""
    spell = import_module("num2words").num2words
    return lambda text: re.sub(r"\d+", lambda run: f" {spell(int(run[0]), lang='vi')} ", text)


READERS: dict[str, Callable[[], Reader]] = {
    OURS: ours,
    "sea-g2p": sea_g2p,
    "vinorm": vinorm,
    "g2p-hamster": g2p_hamster,
    "zerotts": zerotts,
    "vietnormalizer": vietnormalizer,
    "vinormx": vinormx,
    "vietnam-number": vietnam_number,
    "num2words": num2words,
}


def _of(module: str, function: str) -> Reader:
    reader: Reader = getattr(import_module(module), function)
    return reader


def _of_object(normaliser: Any) -> Reader:
    reader: Reader = normaliser.normalize
    return reader


def converse(name: str) -> None:
    """Answer every line of the input."""
    out, sys.stdout = sys.stdout, sys.stderr  # some of them print
    reader = READERS[name]()
    reader("Xin chào.")  # whatever it loads at first belongs to no text
    print(json.dumps({"version": version(name)}), file=out, flush=True)
    for line in sys.stdin:
        before = _cpu_s()
        try:
            said = reader(json.loads(line)["text"])
        except Exception as error:  # whatever a stranger raises is its answer
            answer: dict[str, object] = {"error": repr(error)}
        else:
            words, reported = said if isinstance(said, tuple) else (said, ())
            answer = {"said": words, "reported": reported}
        print(json.dumps(answer | {"cpu_s": _cpu_s() - before}), file=out, flush=True)


def _cpu_s() -> float:
    both = getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in both)


if __name__ == "__main__":
    converse(sys.argv[1])
