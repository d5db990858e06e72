"""How to ask one provider: a TOML file, ours in tts/data/profiles or the operator's copy."""

from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from tts.engines.http.template import Leaf
from tts.ports import Pace

SHIPPED = Path(str(resources.files("tts"))) / "data" / "profiles"


class Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A misspelt name in a profile is an error, not a setting without effect."""


class Request(Strict, frozen=True, kw_only=True):
    """A POST. One of `text`, `xml` (the spoken text is escaped in it), `json`, `form`.

    In all of them and in `headers`, `{text}`, `{voice}`, `{pace}`, `{key}` and the names in
    Profile.fields stand for their values.
    """

    url: str
    headers: dict[str, str] = {}
    text: str = ""
    xml: str = ""
    json: dict[str, Any] = {}
    form: dict[str, str] = {}


class Reply(Strict, frozen=True, kw_only=True):
    """Where things are in a reply of JSON, as `a.b.c`. With neither place the body is the sound.

    Bytes back: `base64_at`. Job, then URL: `url_at`, or `job_at` and a Status. `error_at` must
    hold one of `good`, if it is named.
    """

    base64_at: str = ""
    url_at: str = ""
    job_at: str = ""
    error_at: str = ""
    good: tuple[Leaf, ...] = ()


class Status(Strict, frozen=True, kw_only=True):
    """How to ask for a job: GET `url` (with `{job}`) and the request's headers."""

    url: str
    state_at: str
    done: tuple[str, ...]
    failed: tuple[str, ...]
    url_at: str


class ProfileVoice(Strict, frozen=True, kw_only=True):
    """A voice that the provider names."""

    id: str
    label: str
    accent: str = ""
    gender: str = ""


class Profile(Strict, frozen=True, kw_only=True):
    """`hosts` are where a sound may be downloaded: names, or `*.name` for all below it.

    `key_file` is the path of a file with the key alone in it; `longest` is in characters of one
    request; `allow_loopback_http` lets a gateway on this machine be asked without TLS.
    """

    label: str
    longest: int
    request: Request
    reply: Reply = Reply()
    status: Status | None = None
    pace: dict[Pace, Leaf]
    voices: tuple[ProfileVoice, ...]
    fields: dict[str, str] = {}
    hosts: tuple[str, ...] = ()
    key_file: str = ""
    attribution: str = ""
    allow_loopback_http: bool = False

    def __post_init__(self) -> None:
        if self.reply.job_at and self.status is None:
            raise ValueError("reply.job_at: [status] is missing")
        if set(self.pace) != {"slow", "normal", "fast"}:
            raise ValueError("pace: slow, normal and fast are needed")
        if len({voice.id for voice in self.voices}) < len(self.voices):
            raise ValueError("voices: an id stands twice")


def files(profiles_dir: str) -> dict[str, Path]:
    """The profile of each provider by name; the operator's outranks ours."""
    folders = [SHIPPED, *([Path(profiles_dir).absolute()] if profiles_dir else [])]
    return {file.stem: file for folder in folders for file in sorted(folder.glob("*.toml"))}


def load(file: Path) -> Profile:
    """Raises ValueError (msgspec's errors and a bad encoding are) and OSError."""
    return msgspec.toml.decode(file.read_bytes(), type=Profile)


def key(profile: Profile) -> str:
    """The provider's key. Raises ValueError or OSError if there is none."""
    if not profile.key_file:
        raise ValueError("key_file")
    found = Path(profile.key_file).read_text(encoding="ascii").strip()
    if not found.isprintable() or not found:
        raise ValueError("key_file")
    return found
