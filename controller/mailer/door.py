"""Door: where and how mails are handed over, as the settings have it."""

from pathlib import Path
from typing import Literal

from msgspec import Struct

from controller.mails import addresses

Security = Literal["starttls", "tls", "none"]
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Door(Struct, frozen=True, kw_only=True):
    """A mail server. `name` is how we greet it."""

    host: str
    port: int
    security: Security
    name: str
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        """Without the password."""
        return f"Door({self.host}:{self.port})"


def troubles(
    host: str | None,
    security: Security,
    user: str | None,
    password: Path | None,
    sender: str | None,
) -> list[str]:
    """What is wrong with the settings of mail, a sentence each."""
    if host is None:
        return []
    found = []
    if sender is None or addresses.read(sender) is None:
        found.append("TT_MAIL_FROM: đặt địa chỉ thư của máy chủ, ví dụ truyenthanh@tinh.gov.vn")
    if (user is None) != (password is None):
        found.append("TT_SMTP_USER và TT_SMTP_PASSWORD_FILE phải đi cùng nhau")
    if password is not None and not _is_readable(password):
        told = f"không đọc được {password}, hoặc mật khẩu trống hay có chữ có dấu"
        found.append(f"TT_SMTP_PASSWORD_FILE: {told}")
    if security == "none" and user is not None and host not in LOOPBACK:
        found.append("TT_SMTP_SECURITY: mật khẩu không được đi qua mạng mà không mã hóa")
    return found


def _is_readable(path: Path) -> bool:
    try:
        return bool(path.read_text(encoding="ascii").strip())  # as AUTH takes it (smtplib)
    except (OSError, UnicodeDecodeError):
        return False
