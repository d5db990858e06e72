"""Step-up: before what cannot be undone, whoever has a second factor shows it once more."""

from flask import g, request, session

from controller import passkey_proof, second_step
from controller.errors import Invalid, TooManyFailures
from web import passkey_site
from web.guard import TOKEN
from web.parts import parts


def is_due() -> bool:
    """Whether the page must ask for a code or a passkey."""
    with parts().store.reading() as database:
        return second_step.must_prove(database, g.who, session[TOKEN], now=parts().now())


def errors() -> dict[str, str]:
    """Take what the form brings, where proof is due; empty when all is well."""
    if not is_due():
        return {}
    if request.form.get(passkey_site.FIELD):
        return {} if _passkey_shown() else {"proof": "Khóa truy cập không đúng. Hãy thử lại."}
    typed = request.form.get("proof", "")
    try:
        second_step.prove(parts().store, g.who, session[TOKEN], typed, now=parts().now())
    except Invalid as error:
        return error.by_field()
    except TooManyFailures as error:
        return {"proof": str(error)}
    return {}


def _passkey_shown() -> bool:
    """Whether a device of this very person has answered."""
    site, told, now = passkey_site.must(), passkey_site.told(), parts().now()
    if told is None:
        return False
    with parts().store.writing() as database:
        row = passkey_proof.shown(database, told, site, now=now)
        if row is None or row.person_id != g.who.person_id:
            return False
        second_step.note_proof(database, session[TOKEN], now=now)
    return True
