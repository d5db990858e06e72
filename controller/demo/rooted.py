"""The root of a run on one machine: made once, its keys thrown away.

Nobody can change which keys count in a demonstration; a real root is made by people, offline.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from nacl.signing import SigningKey

from contract import roots
from contract.roots import Root, RootChain
from contract.trust import RoleKeys, Trust, public_text
from controller.roots.chain_file import CHAIN, install

KEYS = 3
LIFE = timedelta(days=3_650)  # longer than any demonstration


def make_root(trust: Trust, folder: Path) -> None:
    """Write the chain that the stations of this run start from, unless there is one."""
    if (folder / CHAIN).exists():
        return
    keys = [SigningKey.generate() for _ in range(KEYS)]
    texts = tuple(public_text(key) for key in keys)
    root = Root(
        version=1,
        exp=datetime.now(UTC).replace(microsecond=0) + LIFE,
        root=RoleKeys(keys=texts, threshold=roots.TOGETHER),
        roles=trust.roles,
    )
    install(RootChain(chain=(roots.signed(roots.draft(root), keys[: roots.TOGETHER]),)), folder)
