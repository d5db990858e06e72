"""Keys and root documents that are always the same.

`python -m tests.contract.roots_world` writes the golden chain.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

from nacl.signing import SigningKey

from contract import codec, roots
from contract.messages import Envelope
from contract.roots import Root, RootChain
from contract.trust import Role, RoleKeys, public_text
from tests.contract.samples import KEYS, VECTORS

CHAIN_VECTOR: Path = VECTORS / "roots" / "chain.json"
OFFLINE = [SigningKey(bytes([100 + n]) * 32) for n in range(3)]
NEXT_OFFLINE = [OFFLINE[0], *(SigningKey(bytes([110 + n]) * 32) for n in range(2))]
NEW_EMERGENCY = [SigningKey(bytes([120 + n]) * 32) for n in range(2)]
EXP = datetime(2028, 1, 1, tzinfo=UTC)


def role(keys: list[SigningKey], threshold: int) -> RoleKeys:
    return RoleKeys(keys=tuple(public_text(key) for key in keys), threshold=threshold)


def root(version: int, offline: list[SigningKey], **changes: object) -> Root:
    roles = {each: role(keys, len(keys)) for each, keys in KEYS.items()}
    fields = {"exp": EXP, "root": role(offline, 2), "roles": roles} | changes
    return Root(version=version, **fields)  # type: ignore[arg-type]  # of a test's own making


def by(document: Root, *keys: SigningKey) -> Envelope:
    return roots.signed(roots.draft(document), keys)


FIRST = root(1, OFFLINE)
SECOND = root(
    2, NEXT_OFFLINE, roles=FIRST.roles | {Role.EMERGENCY: role(NEW_EMERGENCY, 2)}
)  # one root key stays, two are new; both emergency keys are new
FIRST_SIGNED = by(FIRST, OFFLINE[0], OFFLINE[1])
SECOND_SIGNED = by(SECOND, OFFLINE[0], OFFLINE[2], NEXT_OFFLINE[1])
CHAIN = RootChain(chain=(FIRST_SIGNED, SECOND_SIGNED))

if __name__ == "__main__":
    CHAIN_VECTOR.parent.mkdir(exist_ok=True)
    text = json.dumps(json.loads(codec.encode(CHAIN)), indent=2) + "\n"
    CHAIN_VECTOR.write_text(text, encoding="utf-8")
