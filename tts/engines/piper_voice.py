"""A folder that an operator put down as a Piper voice: what it holds, or why it is refused.

`<id>/` holds `<id>.onnx`, `<id>.onnx.json`, `MODEL_CARD` (all three as published) and
`voice.toml` (ours: what `Card` lists).
"""

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from tts.engines.licences import objection
from tts.ports import VoiceInfo

# What espeak-ng's voice `vi` says of 18,143 syllables (speech reference §4). The digits and ɜ are
# tones; Piper drops a symbol that a voice does not know, and the tone with it.
SYMBOLS = " -124567abcdefhijklmnopstuvwxyz" + "ðŋɔɗəɛɜɣɪɲʃʊʐʒʲˈˌː\u032a"
FRAME = "^_$"  # begin, pad, end
RATES_HZ = (16_000, 22_050, 24_000, 44_100, 48_000)
_VIETNAMESE = re.compile(r"vi(-.+)?")


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`voice.toml`. `rights`: the operator's statement, if the licence alone does not allow it."""

    sha256: str
    licence: str = ""
    attribution: str = ""
    rights: str = ""
    label: str = ""
    accent: str = ""
    gender: str = ""


class Unfit(Exception):
    """Why a folder is no voice, as a Vietnamese sentence that says what to do."""


def model(folder: Path) -> Path:
    """Where the sound comes from; beside it `.json` is added to the name."""
    return folder / f"{folder.name}.onnx"


def inspect(folder: Path, engine: str) -> VoiceInfo:
    """Look at everything in the folder, also at each byte of the model. Never raises."""
    card = Card(sha256="")
    try:
        card = _card(folder)
        problem, fingerprint = objection(card.licence, card.attribution, card.rights), ""
        if not problem:
            fingerprint = _checked(folder, card)
    except Unfit as unfit:
        problem, fingerprint = str(unfit), ""
    return VoiceInfo(
        engine=engine,
        voice=folder.name,
        label=card.label or folder.name,
        accent=card.accent,
        gender=card.gender,
        licence=card.licence,
        attribution=card.attribution,
        problem=problem,
        fingerprint=fingerprint,
    )


def _card(folder: Path) -> Card:
    for name in (model(folder).name, f"{model(folder).name}.json", "MODEL_CARD", "voice.toml"):
        if not (folder / name).is_file():
            raise Unfit(f"Thư mục giọng thiếu tệp {name}.")
    try:
        return msgspec.toml.decode((folder / "voice.toml").read_bytes(), type=Card)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise Unfit(f"voice.toml không đúng mẫu: {fault}.") from fault
    except OSError as fault:
        raise Unfit(f"Không đọc được voice.toml: {fault.strerror}.") from fault


def _checked(folder: Path, card: Card) -> str:
    """The fingerprint of a model that is the one meant, and says all of Vietnamese."""
    try:
        description = Path(f"{model(folder)}.json").read_bytes()
        now = model(folder).stat()
        sha256 = _sha256(model(folder), now.st_size, now.st_mtime_ns)
    except OSError as fault:
        raise Unfit(f"Không đọc được thư mục giọng: {fault.strerror}.") from fault
    _probe(description)
    if sha256 != card.sha256.strip().lower():
        raise Unfit(
            f"Tệp {model(folder).name} không đúng mã sha256 ghi trong voice.toml; hãy chép lại."
        )
    return hashlib.sha256(sha256.encode() + description).hexdigest()


@lru_cache(maxsize=64)  # a page asks for all voices each time, and a model has 60 MB
def _sha256(file: Path, _size: int, _changed_ns: int) -> str:
    with file.open("rb") as sound:
        return hashlib.file_digest(sound, "sha256").hexdigest()


def _probe(description: bytes) -> None:
    try:
        told = msgspec.json.decode(description)
        voice, rate_hz = told["espeak"]["voice"], told["audio"]["sample_rate"]
        symbols: dict[str, list[int]] = told["phoneme_id_map"]
        kind = told.get("phoneme_type", "espeak")
        _speaks_vietnamese(str(voice), kind, symbols)
    except (msgspec.DecodeError, LookupError, TypeError, AttributeError) as fault:
        raise Unfit("Tệp .onnx.json không phải mô tả của một giọng Piper; hãy chép lại.") from fault
    if rate_hz not in RATES_HZ:
        raise Unfit(f"Tần số lấy mẫu {rate_hz} Hz của giọng không dùng được; hãy chọn giọng khác.")


def _speaks_vietnamese(voice: str, kind: Any, symbols: dict[str, list[int]]) -> None:
    if kind != "espeak" or not _VIETNAMESE.fullmatch(voice):
        raise Unfit(f"Giọng này đọc “{voice}”, không phải tiếng Việt; hãy chọn giọng khác.")
    missing = [symbol for symbol in SYMBOLS + FRAME if not symbols.get(symbol)]
    if missing:
        shown = " ".join(missing)
        raise Unfit(f"Giọng thiếu âm vị {shown} nên mất dấu hoặc mất vần; hãy chọn giọng khác.")
    if len({tuple(symbols[symbol]) for symbol in SYMBOLS}) < len(SYMBOLS):
        raise Unfit("Giọng lẫn các âm vị với nhau nên sai dấu; hãy chọn giọng khác.")
