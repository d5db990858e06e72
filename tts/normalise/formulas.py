"""Gases, salts and dust by their formulas: NO2, NH3, P2O5, H2SO4, PM10, PM2.5."""

import re

from tts.normalise.letters import spell
from tts.normalise.lexicon import Lexicon
from tts.normalise.numerals import cardinal
from tts.normalise.quantity import say_number
from tts.normalise.rules import Rule, Said, before, rule

_ELEMENT = r"(?:Ca|Na|Mg|Fe|Cu|Zn|Al|Cl|Mn|Pb|Si|[CHONSPKF])"
# Nobody writes the figure one: "CS1" and "CP1" are no formulas.
_ATOMS = rf"{_ELEMENT}(?:[2-9]|1\d|2\d)?"
_FORMULA = rf"(?<![\w./-])(?:{_ATOMS}|\((?:{_ATOMS}){{1,3}}\)[2-9]){{1,6}}(?![\w/]|[.,]\d|-\w)"
# The others hold oxygen; "KH2" and "CN2" may be anything.
_WITHOUT_OXYGEN = frozenset({
    "NH3", "NH4", "CH4", "H2S", "PH3", "C2H2", "C2H4", "C3H8", "C4H10", "Cl2", "CaCl2", "HCl",
    "NaCl", "KCl", "HCN", "HF", "MgCl2", "FeCl3",
})  # fmt: skip  # a list, read across
_WITHOUT_FIGURES = frozenset({"NaOH", "KOH", "CaO", "ZnO", "MgO"})
_GAS_BEFORE = re.compile(r"(?:khí|ôxy|oxy|ozon|ôzôn|thở|nồng độ|ozone|,|và)\s$", re.IGNORECASE)
# The sizes of dust that are measured (QCVN 05:2023/BTNMT).
_DUST = r"(?<!\d )(?<![\w.,])PM\s?(?P<size>10|2[.,]5|1[.,]0|1|0[.,]1)(?!\w|[.,/]\d)"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Letters by name, figures as numbers."""
    return rule(_FORMULA, _formula), rule(_DUST, _dust)


def _formula(match: "re.Match[str]") -> Said:
    written = match[0]
    if written in ("O2", "O3", "H2", "N2"):
        known = bool(_GAS_BEFORE.search(before(match)))
    else:
        oxide = "O" in written and len(written) > 2 and any(c.isdigit() for c in written)
        known = oxide or written in _WITHOUT_OXYGEN | _WITHOUT_FIGURES
    return " ".join(map(_part, re.findall(r"\d+|[A-Za-z]", written))) if known else None


def _part(part: str) -> str:
    if part.isdigit():
        return cardinal(int(part))
    return "ô" if part == "O" else spell(part)


def _dust(match: "re.Match[str]") -> Said:
    return f"pê em {say_number(match['size'])}"
