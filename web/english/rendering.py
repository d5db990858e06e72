"""Rendering: templates in the language of who reads; Vietnamese ones are as they are written."""

from collections.abc import MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import Template
from jinja2.ext import Extension

from web.english import cutter
from web.english.catalogue import english, label, whole
from web.english.choice import reads_english

PAPERS = frozenset({"report/official.html"})
"""Of official form (NĐ 30/2020): in Vietnamese, whoever asks for them."""


class InEnglish(Extension):
    """A template is put into English once, before it is compiled."""

    def preprocess(self, source: str, *_: str | None) -> str:
        """The template in English, with what its expressions give to be looked up."""
        return cutter.swapped(source, whole().get)


class TwoLanguages(Environment):
    """Flask's own, with a second beside it for those who read English."""

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, **options)
        filters = (in_english, one_or_more, as_written, as_label)
        self.filters.update({each.__name__: each for each in filters})
        self.is_english = False
        self._other: TwoLanguages | None = None

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - jinja2's own name
    ) -> Template:
        """The template in the language of this request."""
        if not self.is_english and name not in PAPERS and reads_english():
            return self._english().get_template(name, parent, globals)
        return super().get_template(name, parent, globals)

    def _english(self) -> "TwoLanguages":
        """Made when first asked for: then all filters and globals are there."""
        if self._other is None:
            other = self.overlay(extensions=[InEnglish])
            other.is_english = True
            self._other = other
        return self._other


def in_english(value: object) -> object:
    """What an expression gives: text of ours in English, all else as it is."""
    return english(value) if type(value) is str else value


def one_or_more(value: object, one: str, more: str) -> str:
    """The word that goes with this number."""
    return one if str(value) == "1" else more


def as_written(value: object) -> object:
    """Itself: marks in a template what is Vietnamese for everybody, such as columns of a sheet."""
    return value


def as_label(value: object) -> object:
    """A label of ours, or several between commas, in English; anything else as people wrote it."""
    return label(value) if type(value) is str and reads_english() else value
