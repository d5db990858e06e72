"""What tests of mails start from: a writer and a mail server that do as they are told."""

from controller.mails.ports import Became, Carried, Unwritten, Written


class Desk:
    """Writes every mail; `instead` says why there is none."""

    def __init__(self) -> None:
        self.instead: Unwritten | None = None

    def write(self, mail_id: str) -> Written | Unwritten:
        return self.instead or Written(mail_id.encode(), "loa@tinh.example", "xa@xa.example")


class Post:
    """Takes mails while `became` says so."""

    def __init__(self) -> None:
        self.became = Became.SENT
        self.got: list[str] = []

    def carry(self, mail: Written) -> Carried:
        if self.became is Became.SENT:
            self.got.append(mail.message.decode())
            return Carried(Became.SENT)
        return Carried(self.became, "Máy chủ thư không trả lời.")
