"""Problem: one thing wrong with what a person entered, said to that person."""

from msgspec import Struct


class Problem(Struct, frozen=True, order=True):
    """`field` names the input; `message` is a Vietnamese sentence to show beside it."""

    field: str
    message: str
