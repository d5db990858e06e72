"""Passkey proof: whether a device's answer to a challenge is that of a passkey we know.

The holder unlocks the device each time (user verification), so that a passkey alone is two factors.
"""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from webauthn import verify_authentication_response
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import base64url_to_bytes, parse_authenticator_data

from controller import passkeys
from controller.model import Passkey, Person
from controller.passkey_answer import UNREADABLE, Told, fields, spend
from controller.passkey_site import Site
from controller.permissions import who


def shown(session: Session, told: Told, site: Site, *, now: datetime) -> Passkey | None:
    """The passkey that answered, used just now; None for any other answer.

    One whose counter went back stands in the audit: somebody may have copied it (§6.1.1).
    """
    try:
        answer = fields(told.answer)
        key_id = hashlib.sha256(base64url_to_bytes(str(answer["id"]))).hexdigest()
        row = session.get(Passkey, key_id, with_for_update=True, populate_existing=True)
        if row is None or not _is_of(row, answer):
            return None
        proof = _verified(row, answer, told.challenge, site)
        if _eligible(answer) != row.may_sync:
            return None
    except UNREADABLE:
        return None
    if not session.get_one(Person, row.person_id).active or not spend(session, told.challenge, now):
        return None
    if not counts_on(row.sign_count, proof.new_sign_count):
        asking = who(session, row.person_id)
        passkeys.record(session, asking, "person.passkey_copied", row.name, now)
        return None
    row.sign_count, row.synced, row.used_at = proof.new_sign_count, proof.credential_backed_up, now
    return row


def counts_on(before: int, told: int) -> bool:
    """Whether a counter went forward; devices that do not count say nought each time (§7.2)."""
    return told > before or (told == 0 and before == 0)


def _verified(
    row: Passkey, answer: dict[str, Any], challenge: bytes, site: Site
) -> VerifiedAuthentication:
    return verify_authentication_response(
        credential=answer,
        expected_challenge=challenge,
        expected_rp_id=site.rp_id,
        expected_origin=site.origin,
        credential_public_key=row.public_key,
        credential_current_sign_count=0,  # looked at by `counts_on`, so that it can be told
        require_user_verification=True,
    )


def _is_of(row: Passkey, answer: dict[str, Any]) -> bool:
    """Whether the account that the device names, if it does, is the key's (§7.2 step 6)."""
    handle = answer["response"].get("userHandle")
    return not handle or base64url_to_bytes(handle) == row.person_id.encode()


def _eligible(answer: dict[str, Any]) -> bool:
    """Whether the key may be copied to other devices of its owner, as the device tells now."""
    told = base64url_to_bytes(answer["response"]["authenticatorData"])
    return parse_authenticator_data(told).flags.be
