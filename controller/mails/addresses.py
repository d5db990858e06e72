"""Addresses: where a mail may go. Pure."""

from email_validator import EmailNotValidError, validate_email

LENGTH = 254  # RFC 5321, 4.5.3.1.3: a path of 256 with its brackets


def read(typed: str) -> str | None:
    """The address as mail programs write it; None when it is none (RFC 5321, 5322).

    No name beside it, no quoted part, no letters that an old mail server does not take.
    """
    try:
        found = validate_email(typed, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    address = found.ascii_email or ""
    return address if 0 < len(address) <= LENGTH else None
