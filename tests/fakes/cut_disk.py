"""A disk that can be cut off: ext4 in an image file, mounted over a loop device.

A cut forgets what was written and not made lasting, as the mains do; kill -9 never does. It needs
root and loop devices, and `xfs_io` (Debian: xfsprogs).
"""

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import mkdtemp

TOOLS = ("mkfs.ext4", "mount", "umount", "xfs_io", "e2fsck")


class CannotCut(RuntimeError):
    """This machine cannot do it."""


class CutDisk:
    """Mounted at `root` until it is cut; `mend` mounts again what is left."""

    def __init__(self, folder: Path, megabytes: int = 64) -> None:
        missing = [tool for tool in TOOLS if shutil.which(tool) is None]
        if os.geteuid() != 0 or missing:
            raise CannotCut(
                "Power cuts are tried on a real file system: run as root, with loop devices and "
                f"e2fsprogs, mount and xfsprogs installed (missing: {missing or 'root'})."
            )
        # not in the folder of the test: what a killed test leaves there would be in pytest's way
        self.image, self.root = folder / "disk.img", Path(mkdtemp(prefix="tt-disk-"))
        with self.image.open("wb") as file:
            file.truncate(megabytes * 1_000_000)
        _run("mkfs.ext4", "-q", "-F", str(self.image))
        self._mounted = False
        self._mount()

    def cut(self) -> None:
        """Nothing reaches the disk from now on; what is open gets errors (EIO)."""
        _run("xfs_io", "-x", "-c", "shutdown", str(self.root))

    def mend(self) -> None:
        """Take the disk out, and put it in again; the log of the file system is replayed."""
        self._unmount()
        self._mount()

    def check(self) -> None:
        """Raise unless the file system itself is whole."""
        self._unmount()
        _run("e2fsck", "-f", "-n", str(self.image))
        self._mount()

    def make_read_only(self) -> None:
        """As a kernel does that has seen errors: EROFS from now on."""
        _run("mount", "-o", "remount,ro", str(self.root))

    def make_writable(self) -> None:
        """The opposite."""
        _run("mount", "-o", "remount,rw", str(self.root))

    def fill(self) -> Path:
        """Take every block that is free (ENOSPC from now on); the ballast, to be thrown off."""
        ballast = self.root / "ballast"
        size = 1_000_000
        with ballast.open("ab", buffering=0) as file:
            while size >= 1:
                try:
                    file.write(bytes(size))
                except OSError:
                    size //= 2
        return ballast

    def close(self) -> None:
        """Take the disk out for good, and if a test that failed still holds it, behind its back."""
        if self._mounted:
            _run("umount", "--lazy", str(self.root))
        self.root.rmdir()

    def _mount(self) -> None:
        _run("mount", "-o", "loop", str(self.image), str(self.root))
        self._mounted = True

    def _unmount(self) -> None:
        _run("umount", str(self.root))
        self._mounted = False


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode != 0:
        raise CannotCut(f"{' '.join(command)}: {done.stderr.strip() or done.stdout.strip()}")
