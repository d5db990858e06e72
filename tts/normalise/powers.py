"""Powers: 10^6, 5.10^5, 1x10^-3, 10⁶."""

import re

from tts.normalise.lexicon import Lexicon
from tts.normalise.quantity import say_number
from tts.normalise.rates import PER, say_rate
from tts.normalise.rules import Rule, Said, rule

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
_NUMBER = r"\d+(?:,\d+)?"
# A single ² or ³ after a unit is another matter; after a number it is a power too. A single ⁰ is
# a ring: "39⁰".
_EXPONENT = r"(?:\s?\^\s?([-−]?\d{1,3})|(?!⁰(?![⁰¹²³⁴-⁹]))(⁻?[⁰¹²³⁴-⁹]{1,3}))(?![\w^])"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """ "5.10^5" is a product: the point is no comma here."""
    # Looked ahead for first: nearly no number has a power.
    near = r"(?=[\d,.x×*· ]{1,20}[\^⁻⁰¹²³⁴-⁹])"
    factor = rf"(?:({_NUMBER})\s?[.x×*·]\s?(?=10[\s^⁻⁰¹²³⁴-⁹]))?"
    return (rule(rf"(?<![\w.,/]){near}{factor}({_NUMBER}){_EXPONENT}({PER}*)", _say),)


def _say(match: "re.Match[str]") -> Said:
    factor, number, typed, raised, rate = match.groups()
    exponent = (typed or raised).translate(_SUPERSCRIPTS)
    said = f"{say_number(number)} mũ {say_number(exponent)}{say_rate(rate)}"
    return f"{say_number(factor)} nhân {said}" if factor else said
