"""`python -m deploy agent FILE` or `python -m deploy deb ARCHITECTURE FOLDER`."""

import argparse
import hashlib
import sys
import tempfile
from pathlib import Path

from deploy import agent, deb, runtime


def main(argv: list[str]) -> int:
    """Build what is asked for, and print its size and sha256."""
    parser = argparse.ArgumentParser(prog="python -m deploy", description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    kinds.add_parser("agent").add_argument("file", type=Path)
    package = kinds.add_parser("deb")
    package.add_argument("architecture", choices=sorted(runtime.MACHINES))
    package.add_argument("folder", type=Path)
    asked = parser.parse_args(argv)
    made = asked.file if asked.kind == "agent" else _deb(asked.architecture, asked.folder)
    if asked.kind == "agent":
        agent.build(made)
    print(f"{made}  {made.stat().st_size} B  {hashlib.sha256(made.read_bytes()).hexdigest()}")
    return 0


def _deb(architecture: str, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        runtime.build(work / "runtime", architecture)
        return deb.build(work / "runtime", architecture, work, folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
