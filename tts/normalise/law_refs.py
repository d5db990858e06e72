"""Articles and clauses written short: Đ.12, K2 Đ15, đ. 5 k. 2."""

import re

from tts.normalise.letters import spell
from tts.normalise.lexicon import Lexicon
from tts.normalise.quantity import say_number
from tts.normalise.rules import Rule, Said, before, rule

_ARTICLE = r"[Đđ]\.?\s?(\d{1,3})([a-z]?)"
_CLAUSE = r"[Kk]\.?\s?(\d{1,2})([a-z]?)"
_OPEN = r"(?<![\w.,/&-])"
_CLOSE = r"(?![\w/]|[.,]\d)"
_MORE = rf"(?:(?:,| và) {_ARTICLE}){{0,6}}"
_LAW = r"(?:Luật|Bộ luật|BL|NĐ|Nghị định|TT|Thông tư|QĐ)"
_LAW_BEFORE = re.compile(r"(?:theo|tại|quy định|khoản \S{1,3},?|điểm \S,?)\s*$", re.IGNORECASE)


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Both together are sure; an article alone by what stands around."""
    return (
        rule(rf"{_OPEN}{_CLAUSE}(\s?[,;]?\s?){_ARTICLE}{_CLOSE}", _clause_first),
        rule(rf"{_OPEN}{_ARTICLE}(\s?[,;]?\s?){_CLAUSE}{_CLOSE}", _article_first),
        rule(rf"{_OPEN}{_ARTICLE}(?={_MORE} (?:của )?{_LAW})", _article),
        rule(rf"{_OPEN}Đ\.\s?(\d{{1,3}})([a-z]?){_CLOSE}", _perhaps_article),
    )


def _number(digits: str, letter: str) -> str:
    return f"{say_number(digits)} {spell(letter)}".rstrip()


def _clause_first(match: "re.Match[str]") -> Said:
    clause, c, mark, article, a = match.groups()
    join = ", " if mark.strip() else " "
    return f"khoản {_number(clause, c)}{join}điều {_number(article, a)}"


def _article_first(match: "re.Match[str]") -> Said:
    article, a, mark, clause, c = match.groups()
    join = ", " if mark.strip() else " "
    return f"điều {_number(article, a)}{join}khoản {_number(clause, c)}"


def _article(match: "re.Match[str]") -> Said:
    return f"điều {_number(match[1], match[2])}"


def _perhaps_article(match: "re.Match[str]") -> Said:
    """Without a law around, "Đ." is a street."""
    return _article(match) if _LAW_BEFORE.search(before(match)) else None
