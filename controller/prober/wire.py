"""What the prober's parent and its child say to each other: one JSON value each."""

from msgspec import Struct


class Try(Struct, frozen=True, kw_only=True):
    """The address to try with its further hosts, and the private ones that settings allow."""

    address: str
    private: tuple[str, ...] = ()


class Unheard(Exception):
    """Why nothing can be heard there; the message is for people."""
