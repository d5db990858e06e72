"""Letter: a report as an e-mail, written when it goes. `python -m web.letter` is the child's main:
the id of a mail on standard input, the mail or why there is none (JSON) on standard output.
"""

import re
import sys
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import msgspec
from flask import Flask, render_template, url_for
from msgspec import Struct

from controller import report
from controller.errors import NotFound
from controller.mails.periods import Span
from controller.mails.ports import Unwritten, Written
from controller.model import Area, Mail, ReportMail
from controller.model.folding import folded
from controller.permissions import who
from controller.printing.process import NoPaper, pdf
from controller.report import Report, Sought
from controller.settings import from_environment
from web import official
from web.application import create_app
from web.mail_words import period, subject
from web.no_more_mail import token
from web.parts import parts
from web.report_cells import number, percent, span
from web.report_page import COLUMNS, XLSX, as_workbook
from web.report_paper import laid_out
from web.words import VERDICT

NOT_SEEN = "Người đặt gửi không còn được xem báo cáo của nơi này."
"""Why a mail will never be written."""

NAME = "Truyền thanh"
"""Who writes, beside the address."""


class Draft(Struct, frozen=True):
    """What was read of the database for a mail: a PDF is laid out without holding it."""

    row: ReportMail
    area: Area
    when: Span
    report: Report
    by: str  # who ordered it


def write(app: Flask, mail_id: str) -> Written | Unwritten:
    """What a mail of the outbox says now."""
    with app.test_request_context("/", base_url=_site(app)):
        settings = parts().settings
        try:
            draft = _read(mail_id)
            paper = pdf(_laid_out(draft))
        except NotFound:
            return Unwritten(NOT_SEEN, later=False)
        except NoPaper as error:
            return Unwritten(str(error.__doc__), later=True)
        sender = settings.mail_from or ""
        message = _message(draft, mail_id, sender, paper)
    return Written(message.as_bytes(), sender, draft.row.address)


def _site(app: Flask) -> str | None:
    with app.app_context():
        return parts().settings.public_url


def _read(mail_id: str) -> Draft:
    """Raises NotFound when whoever ordered it may not see it any more."""
    with parts().store.reading() as session:
        mail = session.get_one(Mail, mail_id)
        row = session.get_one(ReportMail, mail.report_mail_id)
        when = Span(mail.first, mail.last)
        sought = Sought(since=when.since, until=when.until, area=row.area_id)
        asking = who(session, row.person_id)
        found = report.read(session, asking, sought, now=parts().now())
        return Draft(row, session.get_one(Area, row.area_id), when, found, asking.name)


def _laid_out(draft: Draft) -> str:
    head = official.usual(draft.area)
    return laid_out(draft.report, head, draft.area.name, draft.when)


def _message(draft: Draft, mail_id: str, sender: str, paper: bytes) -> EmailMessage:
    site = parts().settings.public_url
    stop = url_for("no_more_mail.ask", signed=token(draft.row.id), _external=True) if site else ""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(NAME, addr_spec=sender)
    message["To"] = Address(addr_spec=draft.row.address)
    message["Subject"] = subject(draft.area.name, draft.when)
    message["Date"] = format_datetime(parts().now())
    message["Message-ID"] = f"<{mail_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answer of an absent one
    if stop:
        message["List-Unsubscribe"] = f"<{stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message.set_content(_text(draft, stop), cte="quoted-printable")
    sheet = as_workbook(draft.report, draft.area.name, draft.when.first, draft.when.last)
    name = _file_name(draft)
    message.add_attachment(paper, "application", "pdf", filename=f"{name}.pdf")
    message.add_attachment(sheet, *XLSX.split("/"), filename=f"{name}.xlsx")
    return message


def _text(draft: Draft, stop: str) -> str:
    total = draft.report.total
    counts = [(VERDICT[each].text, total.verdicts[each]) for each in COLUMNS]
    return render_template(
        "report/letter.txt",
        draft=draft,
        period=period(draft.when),
        percent=percent,
        span=span,
        number=number,
        counts=[(text, count) for text, count in counts if count],
        stop=stop,
    )


def _file_name(draft: Draft) -> str:
    """`bao-cao-xa-suoi-may-20261116-20261122`: plain letters reach every mailbox."""
    place = re.sub("[^a-z0-9]+", "-", folded(draft.area.name)).strip("-")
    return f"bao-cao-{place}-{draft.when.first:%Y%m%d}-{draft.when.last:%Y%m%d}"


def main() -> None:
    """One mail."""
    app = create_app(from_environment())
    sys.stdout.buffer.write(msgspec.json.encode(write(app, sys.stdin.read().strip())))


if __name__ == "__main__":
    main()
