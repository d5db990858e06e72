"""Step-up: before what cannot be undone, whoever has a second factor shows it once more."""

from flask import g, request, session

from controller import second_step
from controller.errors import Invalid, TooManyFailures
from web.guard import TOKEN
from web.parts import parts


def is_due() -> bool:
    """Whether the page must ask for a code."""
    with parts().store.reading() as database:
        return second_step.must_prove(database, g.who, session[TOKEN], now=parts().now())


def errors() -> dict[str, str]:
    """Take the code of the form that was sent, where one is due; empty when all is well."""
    if not is_due():
        return {}
    typed = request.form.get("proof", "")
    try:
        second_step.prove(parts().store, g.who, session[TOKEN], typed, now=parts().now())
    except Invalid as error:
        return error.by_field()
    except TooManyFailures as error:
        return {"proof": str(error)}
    return {}
