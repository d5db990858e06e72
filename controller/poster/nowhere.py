"""Nowhere: where one practises, anybody may come in; nothing of it leaves the house."""

from collections.abc import Mapping

from controller.hooks.ports import Answer, Poster
from controller.poster.https import HttpsPoster
from controller.settings import Settings


class Nowhere:
    """Takes messages and carries none."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:  # noqa: ARG002
        """As the port says."""
        told = "Nơi tập dùng không gửi gì ra ngoài: hãy thử trên máy chủ thật."
        return Answer(code=None, told=told, took_ms=0)


def poster_of(settings: Settings) -> Poster:
    """Who carries the messages of a server with these settings."""
    return Nowhere() if settings.sandbox else HttpsPoster(settings.hook_names)
