"""`trust.json` is read whole or refused with a sentence that says why."""

import msgspec
import pytest

from contract.errors import Unreadable
from contract.trust import Role, key_id, read_trust
from tests.contract import samples

WHOLE = msgspec.to_builtins(samples.TRUST)
EMERGENCY = WHOLE["roles"]["emergency"]
GOOD_KEY = EMERGENCY["keys"][0]


def with_emergency(**changed: object) -> bytes:
    roles = WHOLE["roles"] | {"emergency": EMERGENCY | changed}
    return msgspec.json.encode(WHOLE | {"roles": roles})


def test_a_whole_trust_is_read_with_its_keys_by_their_ids():
    trust = read_trust(msgspec.json.encode(WHOLE))
    assert trust == samples.TRUST
    expected = {key_id(key.verify_key) for key in samples.KEYS[Role.EMERGENCY]}
    assert set(trust.keys_of(Role.EMERGENCY)) == expected


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "truncated"),
        (b'{"x":' + b"[" * 100_000, "recursion"),
        (msgspec.json.encode(WHOLE | {"v": 2}), "2"),
        (msgspec.json.encode(WHOLE | {"roles": {}}), "role plan is missing"),
        (msgspec.json.encode(WHOLE | {"roles": WHOLE["roles"] | {"root": EMERGENCY}}), "root"),
        (with_emergency(threshold=3), "more signatures than it has keys"),
        (with_emergency(threshold=0), "threshold"),
        (with_emergency(keys=[GOOD_KEY, GOOD_KEY]), "more signatures than it has keys"),
        (with_emergency(keys=[GOOD_KEY, "AAAA"]), "32 bytes"),
        (with_emergency(keys=[GOOD_KEY, "khoá"]), "ASCII"),
        (with_emergency(keys=[GOOD_KEY, GOOD_KEY[:5] + " \n" + GOOD_KEY[5:]]), "base64"),
    ],
)
def test_a_trust_that_is_not_whole_is_refused(data, words):
    with pytest.raises(Unreadable, match=words):
        read_trust(data)
