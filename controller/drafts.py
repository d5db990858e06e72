"""What a person enters about a bulletin, and everything wrong with it, said at once."""

from collections.abc import Container, Iterator
from datetime import date, datetime
from typing import Literal

from msgspec import Struct, structs

from contract.states import Class
from controller import craft as crafting
from controller import entered
from controller.blanks import blanks
from controller.model import BulletinKind, Field
from scheduler import rule_check
from scheduler.expiry import ended, midnight
from scheduler.problem import Problem
from scheduler.rules import Rule, starts
from tts.craft import Craft

TITLE_LENGTH = 200  # the column's
VOICE_LENGTH = 100  # the column's
TEXT_LENGTH = 7_000
"""Ten minutes of speech: tts.readings.MAX_CHARACTERS, here so that the page can say it early."""


LONGEST_WARNING_H = 24
"""A danger that lasts longer is told again, in words that fit the new day."""

Place = Literal["", "before", "after"]
"""Where the recorded part is heard, seen from the text; "": nowhere."""


class Draft(Struct, frozen=True, kw_only=True):
    """The content of a bulletin as it was entered.

    `area_id` is whose bulletin it is; each of `targets` means its whole subtree. `voice` "" is
    the server's default voice; `craft` and the recorded part belong to a text. An emergency
    sounds when it is approved; its rule is not asked, and whoever hears of it late is still
    warned for `valid_h`. With a `relay_source` (controller.relays) that programme is taken over
    for `relay_s`, and the recording stands in when it fails. From `expires_on` on, a local day,
    what it says holds no more, and nothing of it is heard.
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
    craft: Craft = Craft()
    recorded_place: Place = ""
    relay_source: str = ""
    relay_s: int = 0
    valid_h: int = 1
    expires_on: date | None = None


def heard(draft: Draft) -> Rule:
    """When it may really be heard: never from the day on which its content ends."""
    return ended(draft.rule, draft.expires_on)


def tidied(draft: Draft) -> Draft:
    """In one spelling, and with the text's first line as title if none is given."""
    text = entered.text(draft.text)
    title = entered.line(draft.title) or entered.line(text.partition("\n")[0])[:TITLE_LENGTH]
    craft = crafting.tidied(draft.craft)
    return structs.replace(draft, text=text, title=title, craft=craft)


def problems(draft: Draft, now: datetime, holidays: Container[date]) -> list[Problem]:
    """Every reason not to save a tidied draft; `field` names an input."""
    found = list(_title(draft))
    if draft.kind is BulletinKind.TEXT:
        found += [*text_problems(draft.text), *crafting.problems(draft.craft)]
    if len(draft.voice) > VOICE_LENGTH:
        found.append(Problem("voice", "Tên giọng đọc quá dài: hãy báo kỹ thuật đặt tên ngắn hơn."))
    if not draft.targets:
        found.append(Problem("targets", "Chọn ít nhất một nơi phát."))
    if draft.cls is Class.EMERGENCY:
        found += _emergency(draft)
    else:
        found += rule_check.problems(draft.rule, now, holidays) or _expiry(draft, now, holidays)
    return found


def _expiry(draft: Draft, now: datetime, holidays: Container[date]) -> list[Problem]:
    day = draft.expires_on
    if day is None or starts(heard(draft), now, midnight(day), holidays):
        return []
    told = f"Bản tin hết hiệu lực từ {day:%d/%m/%Y} nên không còn lần phát nào: xem lại ngày này."
    return [Problem("expires_on", told)]


def _emergency(draft: Draft) -> Iterator[Problem]:
    yield from life_problems(draft.valid_h)
    yield from open_blanks(draft)


def open_blanks(draft: Draft) -> Iterator[Problem]:
    """Why the words of a template are not ready to be read aloud."""
    left = blanks(draft.text) if draft.kind is BulletinKind.TEXT else []
    if left:
        told = ", ".join(f"“{each}”" for each in left)
        yield Problem("text", f"Còn chỗ chưa điền: {told}. Thay bằng chữ thật rồi mới gửi.")


def life_problems(valid_h: int) -> Iterator[Problem]:
    """Why a warning cannot hold for so long."""
    if not 1 <= valid_h <= LONGEST_WARNING_H:
        told = f"Chọn thời hạn cảnh báo từ 1 đến {LONGEST_WARNING_H} giờ."
        yield Problem("valid_h", told)


def text_problems(text: str) -> Iterator[Problem]:
    """Why a tidied text cannot be read aloud."""
    if not text:
        yield Problem("text", "Nhập nội dung bản tin.")
    elif not any(letter.isalnum() for letter in text):
        yield Problem("text", "Bản tin không có chữ nào để đọc: hãy viết nội dung bằng chữ.")
    if len(text) > TEXT_LENGTH:
        length, limit = _number(len(text)), _number(TEXT_LENGTH)
        yield Problem(
            "text", f"Nội dung dài {length} ký tự; tối đa {limit}. Hãy chia thành nhiều bản tin."
        )


def _title(draft: Draft) -> Iterator[Problem]:
    # a missing text is the trouble then, and said there
    if not draft.title and not (draft.kind is BulletinKind.TEXT and not draft.text):
        yield Problem("title", "Nhập tiêu đề bản tin.")
    if len(draft.title) > TITLE_LENGTH:
        yield Problem("title", f"Tiêu đề tối đa {TITLE_LENGTH} ký tự.")


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
