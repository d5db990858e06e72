"""Craft: how a bulletin is announced, as an officer chose it, and what is wrong with that."""

from collections.abc import Iterator

from msgspec import structs

from controller import entered
from scheduler.problem import Problem
from tts.craft import Craft

SENTENCE_LENGTH = 200
"""Of the identification and the closing: a quarter of a minute; more belongs into the text."""

_KINDS = ("Tỉnh", "Thành phố", "Khu vực", "Xã", "Phường", "Đặc khu", "Thôn", "Bản", "Tổ dân phố")


def identification_of(area_name: str) -> str:
    """What the station of a place says of itself: `Đây là Đài truyền thanh xã Suối Mây.`"""
    if area_name.startswith(_KINDS):
        area_name = area_name[0].lower() + area_name[1:]
    return f"Đây là Đài truyền thanh {area_name}."


def tidied(craft: Craft) -> Craft:
    """In one spelling."""
    return structs.replace(
        craft,
        identification=entered.line(craft.identification),
        closing=entered.line(craft.closing),
    )


def problems(craft: Craft) -> Iterator[Problem]:
    """Every reason not to save a tidied craft; `field` names an input."""
    for field, name in (("identification", "Lời xưng danh"), ("closing", "Lời kết")):
        sentence = getattr(craft, field)
        if len(sentence) > SENTENCE_LENGTH:
            yield Problem(field, f"{name} tối đa {SENTENCE_LENGTH} ký tự.")
        elif sentence and not any(letter.isalpha() for letter in sentence):
            yield Problem(field, f"{name} không có chữ nào để đọc: hãy viết bằng chữ.")
