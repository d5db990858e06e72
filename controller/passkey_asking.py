"""Passkey asking: what a browser is asked, as JSON, to make a passkey or to show one."""

from typing import Any

from sqlalchemy.orm import Session
from webauthn import generate_authentication_options, generate_registration_options
from webauthn.helpers import options_to_json_dict
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from controller import passkeys
from controller.model import Person
from controller.passkey_site import Site
from controller.totp import ISSUER


def to_make(session: Session, person_id: str, site: Site, challenge: bytes) -> dict[str, Any]:
    """What a browser is asked in order to make one, as JSON (PublicKeyCredentialCreationOptions).

    A device that has one already is not asked for another.
    """
    person = session.get_one(Person, person_id)
    options = generate_registration_options(
        rp_id=site.rp_id,
        rp_name=ISSUER,
        user_id=person_id.encode(),
        user_name=person.login,
        user_display_name=person.name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,  # found without a user name
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_descriptors(session, person_id),
    )
    return options_to_json_dict(options)


def to_show(session: Session, person_id: str, site: Site, challenge: bytes) -> dict[str, Any]:
    """What a browser is asked in order to show one; person "": whoever it may be."""
    options = generate_authentication_options(
        rp_id=site.rp_id,
        challenge=challenge,
        allow_credentials=_descriptors(session, person_id) if person_id else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options)


def _descriptors(session: Session, person_id: str) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(id=row.credential_id)
        for row in passkeys.of(session, person_id)
    ]
