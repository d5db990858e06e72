"""`python -m controller release …`: make keys, sign on any machine, publish on the server."""

import argparse
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from controller.offline_keys import ask_passphrase
from controller.releases import keys
from controller.releases.repository import Holders, Repository

NAME = "tt-station-{}.pyz"


def main(argv: Sequence[str]) -> int:
    """Do one step of a release. Raises ReleaseError."""
    arguments = _parser().parse_args(argv)
    do: Callable[[argparse.Namespace], None] = arguments.do
    do(arguments)
    return 0


def _key(arguments: argparse.Namespace) -> None:
    passphrase = "" if arguments.open else ask_passphrase(twice=True)
    key = keys.make(arguments.stem, passphrase)
    print(f"Đã tạo khóa {key.keyid[:12]}: {arguments.stem}{keys.SECRET}, {keys.PUBLIC}")


def _init(arguments: argparse.Namespace) -> None:
    Repository(arguments.folder).create(_holders(arguments), datetime.now(UTC))
    print("Đã lập bản nháp root và targets; bước tiếp: ký (sign) rồi đăng (publish).")


def _rotate(arguments: argparse.Namespace) -> None:
    Repository(arguments.folder).rotate(_holders(arguments), datetime.now(UTC))
    print("Đã lập bản nháp root mới; cần chữ ký của cả khóa cũ và khóa mới.")


def _add(arguments: argparse.Namespace) -> None:
    name = NAME.format(arguments.version)
    Repository(arguments.folder).add(arguments.agent, name, datetime.now(UTC))
    print(f"Đã thêm {name} vào bản nháp targets; bước tiếp: ký rồi đăng.")


def _sign(arguments: argparse.Namespace) -> None:
    signer = keys.open_secret(arguments.key, ask_passphrase())
    Repository(arguments.folder).sign(arguments.role, signer)
    print(f"Đã ký bản nháp {arguments.role} bằng khóa {signer.public_key.keyid[:12]}.")


def _publish(arguments: argparse.Namespace) -> None:
    online = keys.open_secret(arguments.online, "")
    repository = Repository(arguments.folder)
    repository.publish(online, datetime.now(UTC))
    print("Đã đăng: " + (", ".join(repository.names()) or "chưa có bản phát hành nào"))


def _refresh(arguments: argparse.Namespace) -> None:
    Repository(arguments.folder).refresh(keys.open_secret(arguments.online, ""), datetime.now(UTC))
    print("Đã gia hạn dấu thời gian của kho cập nhật.")


def _holders(arguments: argparse.Namespace) -> Holders:
    return Holders(
        [keys.read_public(file) for file in arguments.root],
        [keys.read_public(file) for file in arguments.targets],
        keys.read_public(arguments.online),
        arguments.threshold,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m controller release", description=__doc__)
    steps = parser.add_subparsers(required=True)

    def step(name: str, do: Callable[[argparse.Namespace], None], words: str, *files: str) -> None:
        one = steps.add_parser(name, help=words)
        for file in files:
            one.add_argument(file, type=Path)
        one.set_defaults(do=do)
        if do is _key:
            one.add_argument("--open", action="store_true", help="không khóa (chỉ cho máy chủ)")
        if do in (_init, _rotate):
            one.add_argument("--root", type=Path, nargs="+", required=True)
            one.add_argument("--targets", type=Path, nargs="+", required=True)
            one.add_argument("--online", type=Path, required=True)
            one.add_argument("--threshold", type=int, default=2)
        if do is _add:
            one.add_argument("version")
        if do is _sign:
            one.add_argument("role", choices=("root", "targets"))
            one.add_argument("key", type=Path)

    step("key", _key, "tạo một cặp khóa", "stem")
    step("init", _init, "lập kho: bản nháp root và targets", "folder")
    step("rotate", _rotate, "đổi khóa: bản nháp root mới", "folder")
    step("add", _add, "thêm một bản của phần mềm cụm loa", "folder", "agent")
    step("sign", _sign, "ký một bản nháp (trên máy của người giữ khóa)", "folder")
    step("publish", _publish, "đăng các bản nháp đã đủ chữ ký", "folder", "online")
    step("refresh", _refresh, "gia hạn dấu thời gian", "folder", "online")
    return parser
