"""As which system user our broker runs, and files that only this user can read.

Mosquitto started by root drops to user `mosquitto` and then cannot read root's 0600 files, nor
reach a directory below a closed one; so it is started as the right user from the beginning.
"""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

DISTRIBUTION_USER = "mosquitto"


@dataclass(frozen=True, slots=True)
class Owner:
    """A system user and its group."""

    uid: int
    gid: int


def ourselves() -> Owner:
    """The user of this process."""
    return Owner(os.getuid(), os.getgid())


def owner_for(directory: Path) -> Owner:
    """Ourselves; as root, the distribution's broker user if it can reach `directory`.

    A directory below a closed one (as /root is) leaves only root itself.
    """
    me = ourselves()
    if me.uid != 0 or not _open_to_all(directory.resolve().parent):
        return me
    try:
        found = pwd.getpwnam(DISTRIBUTION_USER)
    except KeyError:
        return me
    return Owner(found.pw_uid, found.pw_gid)


def _open_to_all(directory: Path) -> bool:
    return all(step.stat().st_mode & 0o001 for step in (directory, *directory.parents))


def make_directory(directory: Path) -> Owner:
    """Make `directory`, readable by its owner alone, with all that an earlier run left there."""
    directory.mkdir(parents=True, exist_ok=True)
    owner = owner_for(directory)
    directory.chmod(0o700)
    for path in (directory, *directory.iterdir()):
        _give(path, owner)
    return owner


def write_secret(path: Path, text: str, owner: Owner) -> None:
    """Put `text` in place of `path` at once, mode 0600: no reader sees half a file."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    _give(draft, owner)
    draft.replace(path)


def _give(path: Path, owner: Owner) -> None:
    found = path.lstat()
    if (found.st_uid, found.st_gid) != (owner.uid, owner.gid):
        # never through a link: the broker's user could lay one there that leads to our files
        os.chown(path, owner.uid, owner.gid, follow_symlinks=False)
