"""No more mail: whoever gets a report by e-mail stops it by the link in it, without an account.

The link is signed, so that nobody can guess another's; mail programs may post to it themselves
(RFC 8058, one click).
"""

from flask import Blueprint, current_app, render_template
from itsdangerous import BadSignature, URLSafeSerializer

from controller.errors import NotFound
from controller.mails import subscribing
from controller.model import ReportMail
from web import places
from web.parts import parts

blueprint = Blueprint("no_more_mail", __name__, url_prefix="/thoi-nhan-bao-cao")


def token(report_mail_id: str) -> str:
    """What the link to these mails ends with."""
    return str(_signer().dumps(report_mail_id))


@blueprint.get("/<signed>")
def ask(signed: str) -> str:
    """Looking stops nothing: mail programs open links by themselves."""
    id_ = _read(signed)
    with parts().store.reading() as session:
        row = session.get(ReportMail, id_)
        if row is None:
            raise NotFound("report mail", id_)
        (place,) = places.names(session, [row.area_id])
        return render_template("report/no_more_mail.html", row=row, place=place, signed=signed)


@blueprint.post("/<signed>")
def stop(signed: str) -> str:
    """They get no more."""
    id_ = _read(signed)
    with parts().store.writing() as session:
        subscribing.stop_by_link(session, id_, now=parts().now())
    return ask(signed)


def _read(signed: str) -> str:
    """Raises NotFound for what we never signed."""
    try:
        return str(_signer().loads(signed))
    except BadSignature as error:
        raise NotFound("report mail", signed) from error


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="no-more-mail")
