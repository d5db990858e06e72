"""Reports by e-mail on their page, and the mail itself as a mail program reads it."""

from contextlib import ExitStack
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO

import pytest
from msgspec import structs
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from controller.mailer.going import mails_going
from controller.mails.ports import Unwritten, Written
from controller.model import Grant, Mail, ReportMail
from controller.settings import Settings
from controller.store import Store
from tests.controller.village import Village
from tests.fakes.broker import wait_until
from tests.fakes.mail_server import mail_server
from tests.web.browser import Browser
from tests.web.conftest import Clock
from web.letter import write

PAGE = "/bao-cao/gui-thu/"
ADDRESS = "vanphong@suoimay.example"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return Settings(
        data=settings.data,
        smtp_host="localhost",
        smtp_security="none",
        mail_from="loa@tinh.example",
        public_url="https://loa.tinh.example",
    )


@pytest.fixture
def ordered(officer: Browser, village: Village, store: Store) -> ReportMail:
    """The officer's order, of which a mail was asked for at once."""
    wanted = {"area": village.suoi_may, "every": "week", "addresses": ADDRESS}
    assert officer.fill(PAGE, "", wanted).status_code == 303
    with store.reading() as session:
        row = session.scalars(select(ReportMail)).one()
    assert officer.fill(PAGE, f"{PAGE}{row.id}/gui-thu", {}).status_code == 303
    return row


def mail_of(store: Store) -> Mail:
    with store.reading() as session:
        return session.scalars(select(Mail)).one()


def written(officer: Browser, store: Store) -> EmailMessage:
    """The mail as Python's own parser reads it."""
    found = write(officer.app, mail_of(store).id)
    assert isinstance(found, Written)
    message = message_from_bytes(found.message, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


@pytest.mark.usefixtures("ordered")
def test_the_mail_is_one_that_a_mail_program_reads(officer: Browser, store: Store) -> None:
    message = written(officer, store)
    assert message["Subject"] == "Báo cáo phát thanh tuần 16/11/2026–22/11/2026, Xã Suối Mây"
    assert message["From"].addresses[0].display_name == "Truyền thanh"
    assert message["From"].addresses[0].addr_spec == "loa@tinh.example"
    assert message["To"].addresses[0].addr_spec == ADDRESS
    body = message.get_body(("plain",))
    assert body is not None
    assert "Không có lượt phát nào trong kỳ này." in body.get_content()
    paper, sheet = message.iter_attachments()
    assert paper.get_filename() == "bao-cao-xa-suoi-may-20261116-20261122.pdf"
    first = PdfReader(BytesIO(paper.get_content())).pages[0].extract_text()
    assert "16/11/2026" in first
    assert "XÃ SUỐI MÂY" in first
    cells = load_workbook(BytesIO(sheet.get_content()))["Nơi"]
    assert "Xã Suối Mây" in cells["A1"].value


@pytest.mark.usefixtures("ordered")
def test_no_line_of_a_mail_is_longer_than_mail_servers_take(officer: Browser, store: Store) -> None:
    found = write(officer.app, mail_of(store).id)
    assert isinstance(found, Written)
    assert max(map(len, found.message.split(b"\r\n"))) <= 998  # RFC 5322, 2.1.1
    assert found.message.isascii()


def test_the_receiver_stops_it_by_the_link_and_looking_stops_nothing(
    officer: Browser, browser: Browser, store: Store, ordered: ReportMail
) -> None:
    message = written(officer, store)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = message["List-Unsubscribe"].strip("<>")
    assert link.startswith("https://loa.tinh.example/thoi-nhan-bao-cao/")
    path = link.removeprefix("https://loa.tinh.example")
    assert ADDRESS in browser.get(path).text
    with store.reading() as session:
        assert session.get_one(ReportMail, ordered.id).stopped_at is None
    one_click = browser.client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert one_click.status_code == 200
    with store.reading() as session:
        assert session.get_one(ReportMail, ordered.id).stopped_at is not None
    assert "không gửi tới" in browser.get(path).text
    assert ADDRESS not in officer.get(PAGE).text
    forged = path[:-3] + ("abc" if not path.endswith("abc") else "abd")
    assert browser.get(forged).status_code == 404
    assert browser.client.post(forged).status_code == 404


def test_who_lost_the_place_has_nothing_written(
    officer: Browser, store: Store, village: Village, ordered: ReportMail
) -> None:
    with store.writing() as session:
        for grant in session.scalars(
            select(Grant).where(Grant.person_id == village.officer.person_id)
        ):
            session.delete(grant)
    found = write(officer.app, mail_of(store).id)
    assert isinstance(found, Unwritten)
    assert not found.later
    assert ordered.stopped_at is None


def test_the_page_says_how_it_fares_and_the_audit_who_ordered_it(
    officer: Browser, village: Village, ordered: ReportMail
) -> None:
    page = officer.get(PAGE).text
    assert ADDRESS in page
    assert "Đang gửi" in page
    assert 'hx-trigger="every 2s"' in page
    audit = officer.signed_in(village.auditor).get("/nhat-ky/").text
    assert "đặt gửi báo cáo qua thư" in audit
    assert "hằng tuần, 7 giờ sáng thứ Hai" in audit
    assert officer.fill(PAGE, f"{PAGE}{ordered.id}/dung", {}).status_code == 303
    assert ADDRESS not in officer.get(PAGE).text


def test_bad_input_is_said_and_kept(officer: Browser, village: Village) -> None:
    wanted = {"area": village.suoi_may, "every": "month", "addresses": "văn phòng"}
    page = officer.fill(PAGE, "", wanted)
    assert page.status_code == 422
    assert "Không phải địa chỉ thư: văn, phòng." in page.text
    assert ">văn phòng</textarea>" in page.text


def test_a_stranger_neither_sees_nor_stops_it(
    officer: Browser, village: Village, ordered: ReportMail
) -> None:
    stranger = officer.signed_in(village.stranger)
    assert ADDRESS not in stranger.get(PAGE).text
    for act in ("gui-thu", "dung"):
        assert stranger.post(f"{PAGE}{ordered.id}/{act}", {}).status_code == 404


def test_a_mail_goes_from_the_row_to_a_real_mail_server(
    *,
    store: Store,
    settings: Settings,
    clock: Clock,
    ordered: ReportMail,
    officer: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As the controller does it: its thread, the child that writes, the mail server."""
    for name, value in (("DATA", settings.data), ("MAIL_FROM", settings.mail_from)):
        monkeypatch.setenv(f"TT_{name}", str(value))
    with ExitStack() as running:
        kept, port = running.enter_context(mail_server())
        running.enter_context(mails_going(store, structs.replace(settings, smtp_port=port), clock))
        wait_until(lambda: mail_of(store).done_at is not None, "the mail did not go", 60)
    (envelope,) = kept.envelopes
    assert envelope.rcpt_tos == [ordered.address]
    message = message_from_bytes(envelope.content or b"", policy=policy.default)
    assert message["Message-ID"] == f"<{mail_of(store).id}@tinh.example>"
    assert "List-Unsubscribe" not in message, "no public address, no link"
    assert "gửi xong" in officer.get(PAGE).text


def test_a_server_without_mail_says_so_and_offers_nothing(
    store: Store, village: Village, clock: Clock, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from web import create_app  # noqa: PLC0415 - an app of other settings than the fixture's

    app = create_app(Settings(data=tmp_path_factory.mktemp("var")), store, now=clock)
    page = Browser(app, store, clock).signed_in(village.officer).get(PAGE).text
    assert "TT_SMTP_HOST" in page
    assert "<textarea" not in page
