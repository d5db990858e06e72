"""Declaring: for whom a notice is sent, and that it advertises nothing. Pure.

Outsiders may announce three things only (Quyết định 29/2021/QĐ-UBND, Thừa Thiên Huế); what a
commune broadcasts comes from the sources of Nghị định 49/2024/NĐ-CP, Điều 9.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct, structs

from controller import entered
from scheduler.problem import Problem

ORGANISATION_LENGTH = 200

SOURCE = (
    "Đài truyền thanh xã không phát quảng cáo. Tổ chức, cá nhân ngoài chỉ được thông báo tuyển "
    "sinh, tuyển dụng, từ thiện hoặc phúc lợi (theo Quyết định 29/2021/QĐ-UBND của Thừa Thiên Huế; "
    "nguồn thông tin: Điều 9 Nghị định 49/2024/NĐ-CP)."
)


class Behalf(StrEnum):
    """For whom a notice is sent."""

    OWN = "own"  # the commune's own, and of what the law lets in from above
    ENROLMENT = "enrolment"
    RECRUITMENT = "recruitment"
    CHARITY = "charity"
    OTHER = "other"  # what outsiders may not announce


class Fact(StrEnum):
    """What a recruitment notice has to say."""

    POSITION = "position"
    NUMBER = "number"
    REQUIREMENTS = "requirements"
    ADDRESS = "address"


FACTS: Mapping[Fact, str] = {
    Fact.POSITION: "vị trí cần tuyển",
    Fact.NUMBER: "số lượng",
    Fact.REQUIREMENTS: "yêu cầu",
    Fact.ADDRESS: "tên và địa chỉ nơi tuyển",
}


class Declared(Struct, frozen=True, kw_only=True):
    """What a sender says. `told` are the facts of a recruitment that the notice states.

    `no_advertising` is ticked for an outsider, and where words of advertising were named; else
    sending says it. `no_expiry` is the answer to when a notice of the law ends, if it does not.
    """

    behalf: Behalf = Behalf.OWN
    organisation: str = ""
    told: tuple[Fact, ...] = ()
    no_advertising: bool = False
    no_expiry: bool = False


OURS = Declared()
"""A notice of the commune's own."""


def tidied(declared: Declared) -> Declared:
    """In one spelling, and without what its kind does not ask."""
    own = declared.behalf is Behalf.OWN
    recruits = declared.behalf is Behalf.RECRUITMENT
    return structs.replace(
        declared,
        organisation="" if own else entered.line(declared.organisation),
        told=tuple(fact for fact in Fact if fact in declared.told) if recruits else (),
    )


def problems(declared: Declared, words: Sequence[str]) -> Iterator[Problem]:
    """Why a tidied declaration does not let a notice go. `words` are those of advertising."""
    if declared.behalf is Behalf.OTHER:
        yield Problem("behalf", SOURCE)
        return
    if declared.behalf is not Behalf.OWN and not declared.organisation:
        yield Problem("organisation", "Ghi tên tổ chức, cá nhân nhờ thông báo.")
    if len(declared.organisation) > ORGANISATION_LENGTH:
        yield Problem("organisation", f"Ghi tên trong {ORGANISATION_LENGTH} ký tự.")
    if declared.behalf is Behalf.RECRUITMENT:
        missing = [text for fact, text in FACTS.items() if fact not in declared.told]
        if missing:
            told = f"Thông báo tuyển dụng phải nêu {', '.join(missing)}: bổ sung vào lời bản tin."
            yield Problem("told", told)
    if not declared.no_advertising and (words or declared.behalf is not Behalf.OWN):
        yield Problem("no_advertising", "Xác nhận bản tin không quảng cáo, hoặc sửa lại lời.")
