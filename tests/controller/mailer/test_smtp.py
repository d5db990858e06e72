"""Mails handed to a real mail server: encrypted and believed, or not at all."""

import ssl
from pathlib import Path

import pytest

from controller.mailer.door import Door, Security, troubles
from controller.mailer.smtp import SmtpMailer
from controller.mails.ports import Became, Written
from controller.settings import Settings
from tests.fakes.certificate import of_localhost
from tests.fakes.mail_server import PASSWORD, USER, mail_server

MAIL = Written(b"Subject: Thu\r\n\r\n.hang dau\r\n", "loa@tinh.example", "xa@xa.example")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return of_localhost(tmp_path)


@pytest.fixture
def server_side(file: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


@pytest.fixture
def believing(file: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(file))


def door(port: int, security: Security, *, host: str = "localhost", password: str = "") -> Door:
    user = USER if password else ""
    return Door(
        host=host, port=port, security=security, name="tinh.example", user=user, password=password
    )


def test_a_mail_arrives_as_it_was_written() -> None:
    with mail_server() as (kept, port):
        assert SmtpMailer(door(port, "none")).carry(MAIL).became is Became.SENT
    (envelope,) = kept.envelopes
    assert envelope.mail_from == MAIL.sender
    assert envelope.rcpt_tos == [MAIL.address]
    assert envelope.content == MAIL.message


def test_it_goes_encrypted_with_the_name_and_password(
    server_side: ssl.SSLContext, believing: ssl.SSLContext
) -> None:
    with mail_server(starttls=server_side, asks=True) as (kept, port):
        done = SmtpMailer(door(port, "starttls", password=PASSWORD), believing).carry(MAIL)
        assert done.became is Became.SENT, done.told
        wrong = SmtpMailer(door(port, "starttls", password="sai"), believing).carry(MAIL)
    assert kept.encrypted == [True]
    assert wrong.became is Became.LATER
    assert "TT_SMTP_PASSWORD_FILE" in wrong.told


def test_or_encrypted_from_the_first_byte(
    server_side: ssl.SSLContext, believing: ssl.SSLContext
) -> None:
    with mail_server(tls=server_side) as (kept, port):
        assert SmtpMailer(door(port, "tls"), believing).carry(MAIL).became is Became.SENT
    assert len(kept.envelopes) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_that_is_not_believed_gets_nothing(
    server_side: ssl.SSLContext, believing: ssl.SSLContext, security: Security
) -> None:
    context = {"starttls": server_side} if security == "starttls" else {"tls": server_side}
    with mail_server(**context) as (kept, port):
        unknown = SmtpMailer(door(port, security)).carry(MAIL)
        other = SmtpMailer(door(port, security, host="127.0.0.1"), believing).carry(MAIL)
    assert not kept.envelopes
    for done in (unknown, other):
        assert done.became is Became.LATER
        assert "Chứng thư" in done.told


def test_nothing_goes_in_the_clear_where_encryption_was_asked_for(
    believing: ssl.SSLContext,
) -> None:
    with mail_server() as (kept, port):
        done = SmtpMailer(door(port, "starttls"), believing).carry(MAIL)
    assert not kept.envelopes
    assert done.became is Became.LATER
    assert "TT_SMTP_SECURITY" in done.told


@pytest.mark.parametrize(
    ("answer", "became"),
    [("550 No such user", Became.REFUSED), ("450 Greylisted", Became.LATER)],
)
def test_an_address_that_is_not_taken_is_refused_for_now_or_for_good(
    answer: str, became: Became
) -> None:
    with mail_server() as (kept, port):
        kept.answers[MAIL.address] = answer
        done = SmtpMailer(door(port, "none")).carry(MAIL)
    assert done.became is became
    assert MAIL.address in done.told
    assert answer in done.told


def test_a_mail_that_is_not_taken_is_refused_too() -> None:
    with mail_server() as (kept, port):
        kept.after_data = "552 Too big"
        assert SmtpMailer(door(port, "none")).carry(MAIL).became is Became.REFUSED


def test_a_server_that_is_not_there_is_said() -> None:
    with mail_server() as (_, port):
        pass
    done = SmtpMailer(door(port, "none", host="127.0.0.1")).carry(MAIL)
    assert done.became is Became.LATER
    assert f"cổng {port}" in done.told


def test_settings_that_would_not_do_are_said(tmp_path: Path) -> None:
    assert troubles(None, "starttls", None, None, None) == []
    (no_sender,) = troubles("thu.tinh.example", "starttls", None, None, None)
    assert "TT_MAIL_FROM" in no_sender
    (no_file,) = troubles("thu.tinh.example", "tls", "ai", tmp_path / "x", "loa@tinh.example")
    assert "không đọc được" in no_file
    (half,) = troubles("thu.tinh.example", "tls", "ai", None, "loa@tinh.example")
    assert "đi cùng nhau" in half
    file = tmp_path / "mat-khau"
    file.write_text("x\n")
    (clear,) = troubles("thu.tinh.example", "none", "ai", file, "loa@tinh.example")
    assert "mã hóa" in clear
    assert troubles("localhost", "none", "ai", file, "loa@tinh.example") == []


def test_where_one_practises_nothing_goes_out(tmp_path: Path) -> None:
    given = {"data": tmp_path, "smtp_host": "localhost", "mail_from": "loa@tinh.example"}
    assert Settings(**given).mail_door is not None
    assert Settings(**given, sandbox=True).mail_door is None
    assert Settings(data=tmp_path).mail_door is None
