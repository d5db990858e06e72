"""Renders that need not be made again: the same words, voices and settings sound the same."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from tts.craft import Craft
from tts.ports import VoiceInfo
from tts.recording import SUFFIX, Mastered
from tts.script import Script
from tts.wire import Rendered


def key(script: Script, voices: list[VoiceInfo], craft: Craft, recorded: list[str]) -> str:
    """Names a render by all it depends on; `recorded` are sha256 of the recorded parts."""
    facts = (script, voices, craft.pace, craft.loudness, recorded, _program())
    return hashlib.sha256(msgspec.json.encode(facts)).hexdigest()


def find(key: str, cache_dir: Path, kept_dir: Path) -> Mastered | None:
    """The render under `key` whose recording lies whole in `kept_dir`; a damaged one is none."""
    try:
        entry = msgspec.json.decode((cache_dir / f"{key}.json").read_bytes(), type=Mastered)
        sound = kept_dir / f"{entry.recording.sha256}{SUFFIX}"
        with sound.open("rb") as kept:
            sha256 = hashlib.file_digest(kept, "sha256").hexdigest()
    except (OSError, msgspec.DecodeError):
        return None
    if sha256 != entry.recording.sha256:
        return None
    recording = msgspec.structs.replace(entry.recording, path=str(sound))
    return Mastered(recording, entry.waveform)


def keep(rendered: Rendered, cache_dir: Path) -> None:
    """Remember a render whose recording has been put where `find` looks. Raises OSError."""
    cache_dir.mkdir(parents=True, exist_ok=True)
    place = cache_dir / f"{rendered.key}.json"
    draft = place.with_suffix(".part")
    draft.write_bytes(msgspec.json.encode(Mastered(rendered.recording, rendered.waveform)))
    draft.replace(place)


def sweep(cache_dir: Path, kept_dir: Path) -> None:
    """Forget the entries that are damaged or whose recording is gone."""
    for place in cache_dir.glob("*.json"):
        try:
            entry = msgspec.json.decode(place.read_bytes(), type=Mastered)
        except (OSError, msgspec.DecodeError):
            place.unlink(missing_ok=True)
            continue
        if not (kept_dir / f"{entry.recording.sha256}{SUFFIX}").is_file():
            place.unlink(missing_ok=True)


@cache
def _program() -> str:
    """Changes whenever what makes sound of a script changes: our code, FFmpeg, Piper."""
    here = Path(__file__).parent
    hasher = hashlib.sha256(f"{version('av')} {_piper()}".encode())
    for source in sorted([*here.glob("*.py"), *(here / "engines").rglob("*.py")]):
        hasher.update(source.read_bytes())
    return hasher.hexdigest()


def _piper() -> str:
    try:
        return version("piper-tts")
    except PackageNotFoundError:  # it is an extra
        return ""
