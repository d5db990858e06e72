"""`python -m controller root …`: each step of making or changing the root, most without a network.

docs/identity.md leads people through it.
"""

import argparse
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from contract import codec, roots
from contract.errors import Unreadable
from contract.roots import Root
from contract.trust import Trust, read_trust
from controller import settings
from controller.offline_keys import ask_passphrase
from controller.roots import chain_file, key_files
from controller.roots.errors import BadRoot

DAYS = 730
"""Two years: long enough not to be forgotten between two audits, short enough to be practised."""


def main(argv: Sequence[str]) -> int:
    """Do one step. Raises BadRoot."""
    arguments = _parser().parse_args(argv)
    do: Callable[[argparse.Namespace], None] = arguments.do
    do(arguments)
    return 0


def _key(arguments: argparse.Namespace) -> None:
    made = key_files.make(arguments.stem, ask_passphrase(twice=True))
    print(f"Đã tạo khóa gốc {made}: {arguments.stem}{key_files.SECRET}, {key_files.PUBLIC}")


def _draft(arguments: argparse.Namespace) -> None:
    before = roots.walk(chain_file.read_chain(arguments.after)) if arguments.after else None
    root = Root(
        version=1 if before is None else before.version + 1,
        exp=_today() + timedelta(days=arguments.days),
        root=key_files.read_public(arguments.root, arguments.threshold),
        roles=_roles(arguments.trust).roles,
    )
    try:
        document = roots.draft(root)
    except ValueError as error:
        raise BadRoot(str(error)) from error
    chain_file.write(arguments.document, codec.encode(document))
    print(f"Bản nháp gốc số {root.version}, hết hạn {root.exp:%d/%m/%Y}: {arguments.document}")


def _sign(arguments: argparse.Namespace) -> None:
    document = chain_file.read_document(arguments.document)
    key = key_files.open_secret(arguments.key, ask_passphrase())
    signed = roots.signed(document, [key])
    chain_file.write(arguments.document, codec.encode(signed))
    print(f"Đã ký; {arguments.document} có {len(signed.signatures)} chữ ký")


def _combine(arguments: argparse.Namespace) -> None:
    first, *others = [chain_file.read_document(file) for file in arguments.copies]
    try:
        whole = roots.combined(first, others)
    except ValueError as error:
        raise BadRoot(f"Các bản không phải của cùng một văn bản: {error}") from error
    chain_file.write(arguments.document, codec.encode(whole))
    print(f"Đã gộp {len(whole.signatures)} chữ ký vào {arguments.document}")


def _append(arguments: argparse.Namespace) -> None:
    before = chain_file.read_chain(arguments.chain) if arguments.chain.exists() else None
    chain = chain_file.appended(before, chain_file.read_document(arguments.document))
    chain_file.write(arguments.chain, codec.encode(chain))
    _tell(roots.walk(chain))


def _verify(arguments: argparse.Namespace) -> None:
    _tell(roots.walk(chain_file.read_chain(arguments.chain)))


def _install(arguments: argparse.Namespace) -> None:
    folder = settings.from_environment().keys
    root = chain_file.read_chain(arguments.chain)
    _tell(chain_file.install(root, folder))
    print("Máy chủ sẽ gửi chuỗi gốc này cho mọi cụm loa trong vòng một phút.")


def _tell(root: Root) -> None:
    print(f"Gốc số {root.version}, hết hạn {root.exp:%d/%m/%Y}")
    for name, keys in {"root": root.root, **{str(r): k for r, k in root.roles.items()}}.items():
        print(f"  {name}: cần {keys.threshold} trong {len(keys.keys)} khóa")
        for text in keys.keys:
            print(f"    {text}")


def _roles(file: Path) -> Trust:
    try:
        return read_trust(file.read_bytes())
    except (OSError, Unreadable) as error:
        raise BadRoot(f"Không đọc được {file}: {error}") from error


def _today() -> datetime:
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m controller root")
    steps = parser.add_subparsers(required=True)

    def step(name: str, do: Callable[[argparse.Namespace], None]) -> argparse.ArgumentParser:
        one = steps.add_parser(name)
        one.set_defaults(do=do)
        return one

    step("key", _key).add_argument("stem", type=Path)
    draft = step("draft", _draft)
    draft.add_argument("document", type=Path)
    draft.add_argument("--root", type=Path, nargs="+", required=True, metavar="PUB")
    draft.add_argument("--threshold", type=int, default=roots.TOGETHER)
    draft.add_argument("--trust", type=Path, required=True, help="trust.json of the server")
    draft.add_argument("--after", type=Path, help="the chain so far; without it: version 1")
    draft.add_argument("--days", type=int, default=DAYS)
    sign = step("sign", _sign)
    sign.add_argument("document", type=Path)
    sign.add_argument("key", type=Path)
    combine = step("combine", _combine)
    combine.add_argument("document", type=Path)
    combine.add_argument("copies", type=Path, nargs="+")
    append = step("append", _append)
    append.add_argument("chain", type=Path)
    append.add_argument("document", type=Path)
    for name, do in (("verify", _verify), ("install", _install)):
        step(name, do).add_argument("chain", type=Path)
    return parser
