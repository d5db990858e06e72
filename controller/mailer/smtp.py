"""SMTP: a Mailer that hands mails to the mail server of an office (RFC 5321; TLS: RFC 3207, 8314).

Without TLS that it can trust it hands over nothing, unless the settings say `none`.
"""

import smtplib
import ssl

from controller import entered
from controller.mailer.door import Door
from controller.mails.ports import Became, Carried, Written

WITHIN_S = 30.0  # for each answer
SHOWN = 200  # characters of what the server said


class SmtpMailer:
    """A connection for each mail: there are few, and none is kept open to be cut."""

    def __init__(self, door: Door, tls: ssl.SSLContext | None = None) -> None:
        """`tls` None: whom this machine trusts."""
        self._door, self._tls = door, tls or ssl.create_default_context()

    def carry(self, mail: Written) -> Carried:
        """As the port says."""
        try:
            with self._connected() as server:
                server.sendmail(mail.sender, [mail.address], mail.message)
        except smtplib.SMTPRecipientsRefused as error:
            code, said = error.recipients[mail.address]
            return _answered(code, said, f"Máy chủ thư không nhận địa chỉ {mail.address}")
        except smtplib.SMTPDataError as error:
            return _answered(error.smtp_code, error.smtp_error, "Máy chủ thư không nhận thư này")
        except (OSError, ValueError, smtplib.SMTPException) as error:
            return Carried(Became.LATER, _trouble(error, self._door))
        return Carried(Became.SENT)

    def _connected(self) -> smtplib.SMTP:
        door = self._door
        if door.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                door.host, door.port, door.name, timeout=WITHIN_S, context=self._tls
            )
        else:
            server = smtplib.SMTP(door.host, door.port, door.name, timeout=WITHIN_S)
        try:
            if door.security == "starttls":
                server.starttls(context=self._tls)
            if door.user:
                server.login(door.user, door.password)
        except BaseException:
            server.close()
            raise
        return server


def _answered(code: int, said: bytes | str, what: str) -> Carried:
    """Codes from 500 are for ever (RFC 5321, 4.2.1)."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    became = Became.REFUSED if code >= 500 else Became.LATER
    return Carried(became, f"{what}: “{code} {entered.line(text)[:SHOWN]}”.")


def _trouble(error: Exception, door: Door) -> str:
    """Why the mail server could not be used, in Vietnamese."""
    what = next((told for kind, told in _TROUBLES if isinstance(error, kind)), _ELSE)
    return what.format(host=door.host, port=door.port, within=f"{WITHIN_S:.0f}")


_TROUBLES: tuple[tuple[type[Exception], str], ...] = (
    (
        smtplib.SMTPAuthenticationError,
        "{host} không nhận tên hoặc mật khẩu (TT_SMTP_USER, TT_SMTP_PASSWORD_FILE).",
    ),
    (
        smtplib.SMTPNotSupportedError,
        "{host} không có STARTTLS hoặc đăng nhập: xem lại TT_SMTP_SECURITY.",
    ),
    (smtplib.SMTPSenderRefused, "{host} không cho gửi từ địa chỉ TT_MAIL_FROM."),
    (ssl.SSLCertVerificationError, "Chứng thư của {host} không hợp lệ, hoặc không đúng tên ấy."),
    (ConnectionRefusedError, "{host} không nhận kết nối ở cổng {port}."),
    (TimeoutError, "{host} không trả lời sau {within} giây."),
)
_ELSE = "{host} ngắt kết nối, hoặc không tìm thấy: kiểm tra TT_SMTP_HOST và mạng."
