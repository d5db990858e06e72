"""Proof first: the page that asks for a code or a passkey before an act of the account itself."""

from flask import render_template, request

from web import passkey_site, step_up
from web.bulletin_page import Page


def page(**fields: str) -> Page | None:
    """The page to show, where proof is due and was not sent right; it carries these fields."""
    if "proof" not in request.form and passkey_site.FIELD not in request.form:
        return _proof({}, fields) if step_up.is_due() else None
    errors = step_up.errors()
    return (_proof(errors, fields), 422) if errors else None


def _proof(errors: dict[str, str], fields: dict[str, str]) -> str:
    return render_template(
        "second_factor/proof.html", errors=errors, action=request.path, fields=fields
    )
