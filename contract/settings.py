"""How both programs read their settings: one frozen struct from TT_* variables over one TOML file.

Every problem is found in one pass and told with the name to correct, in
Vietnamese: technicians read them.
"""

import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from contract.errors import BadSettings

PREFIX = "TT_"
FILE_VARIABLE = "TT_CONFIG"
S = TypeVar("S", bound=msgspec.Struct)


class Secret(str):
    """A value that is never shown: printing it gives stars."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"

    def __str__(self) -> str:
        return "***"

    def reveal(self) -> str:
        """The value itself, for the one place that needs it."""
        return str.__str__(self)


def load(kind: type[S], environ: Mapping[str, str], file: Path | None = None) -> S:
    """Build `kind` from the environment over a TOML file; unknown names are refused.

    Raises BadSettings with one sentence for each problem.
    """
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    values, problems = _from_file(fields, file)
    for name, text in environ.items():
        key = name.removeprefix(PREFIX).lower()
        if not name.startswith(PREFIX) or name == FILE_VARIABLE:
            continue
        if key in fields:
            values[key] = (name, text)
        else:
            problems.append(_unknown(name, [PREFIX + f.upper() for f in fields]))
    good, bad = _convert(fields, values)
    problems += bad
    problems += [
        f"{PREFIX}{name.upper()} chưa được đặt, và không có giá trị mặc định"
        for name, field in fields.items()
        if field.required and name not in values
    ]
    if problems:
        raise BadSettings(problems)
    try:
        return kind(**good)
    except ValueError as error:  # a rule over several settings, checked in __post_init__
        raise BadSettings([str(error)]) from error


def _from_file(
    fields: Mapping[str, Any], file: Path | None
) -> tuple[dict[str, tuple[str, Any]], list[str]]:
    if file is None:
        return {}, []
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return {}, [f"{file}: {error}"]
    unknown = [f"{file}: {_unknown(key, list(fields))}" for key in found if key not in fields]
    return {key: (f"{file}: {key}", found[key]) for key in found if key in fields}, unknown


def _unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"; có phải là {near[0]} không?" if near else ""
    return f"{name} không phải là tên một thiết lập{hint}"


def _convert(
    fields: Mapping[str, Any], values: Mapping[str, tuple[str, Any]]
) -> tuple[dict[str, Any], list[str]]:
    good: dict[str, Any] = {}
    bad: list[str] = []
    for key, (where, value) in values.items():
        try:
            good[key] = msgspec.convert(value, fields[key].type, strict=False, dec_hook=_hook)
        except msgspec.ValidationError as error:
            bad.append(f"{where}: giá trị không dùng được: {error}")
    return good, bad


def _hook(kind: type, value: Any) -> Any:
    if kind is Path and isinstance(value, str):
        return Path(value)
    if kind is Secret and isinstance(value, str):
        return Secret(value)
    # the value is not told: it may be a secret
    raise msgspec.ValidationError(f"cannot read {type(value).__name__} as {kind.__name__}")
