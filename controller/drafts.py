"""What a person enters about a bulletin, and everything wrong with it, said at once."""

from collections.abc import Container, Iterator
from datetime import date, datetime

from msgspec import Struct, structs

from contract.states import Class
from controller import entered
from controller.model import BulletinKind, Field
from scheduler import rule_check
from scheduler.problem import Problem
from scheduler.rules import Rule

TITLE_LENGTH = 200  # the column's
TEXT_LENGTH = 7_000
"""Ten minutes of speech: tts.speech.MAX_CHARACTERS, said here so that the page can say it early."""


class Draft(Struct, frozen=True, kw_only=True):
    """The content of a bulletin as it was entered.

    `area_id` is whose bulletin it is; each of `targets` means its whole subtree. `voice` "" is
    the server's default voice. An emergency sounds when it is approved; its rule is not asked.
    """

    area_id: str
    title: str
    kind: BulletinKind
    targets: tuple[str, ...]
    rule: Rule
    text: str = ""
    cls: Class = Class.NORMAL
    field: Field = Field.GENERAL
    voice: str = ""


def tidied(draft: Draft) -> Draft:
    """In one spelling, and with the text's first line as title if none is given."""
    text = entered.text(draft.text)
    title = entered.line(draft.title) or entered.line(text.partition("\n")[0])[:TITLE_LENGTH]
    return structs.replace(draft, text=text, title=title)


def problems(draft: Draft, now: datetime, holidays: Container[date]) -> list[Problem]:
    """Every reason not to save a tidied draft; `field` names an input."""
    found = [*_title(draft), *_text(draft)]
    if not draft.targets:
        found.append(Problem("targets", "Chọn ít nhất một nơi phát."))
    if draft.cls is not Class.EMERGENCY:
        found += rule_check.problems(draft.rule, now, holidays)
    return found


def _title(draft: Draft) -> Iterator[Problem]:
    # a missing text is the trouble then, and said there
    if not draft.title and not (draft.kind is BulletinKind.TEXT and not draft.text):
        yield Problem("title", "Nhập tiêu đề bản tin.")
    if len(draft.title) > TITLE_LENGTH:
        yield Problem("title", f"Tiêu đề tối đa {TITLE_LENGTH} ký tự.")


def _text(draft: Draft) -> Iterator[Problem]:
    if draft.kind is not BulletinKind.TEXT:
        return
    if not draft.text:
        yield Problem("text", "Nhập nội dung bản tin.")
    elif not any(letter.isalnum() for letter in draft.text):
        yield Problem("text", "Bản tin không có chữ nào để đọc: hãy viết nội dung bằng chữ.")
    if len(draft.text) > TEXT_LENGTH:
        length, limit = _number(len(draft.text)), _number(TEXT_LENGTH)
        yield Problem(
            "text", f"Nội dung dài {length} ký tự; tối đa {limit}. Hãy chia thành nhiều bản tin."
        )


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
