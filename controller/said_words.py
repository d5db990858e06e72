"""Said words: the bulletins that hold some words, by the index of the database.

The index tells quickly what few hold. What many hold is found as quickly by looking at the newest
bulletins one after the other, so it is not counted out here.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

FEW = 2_000

_ASKED = {
    "sqlite": "SELECT id FROM bulletin_words JOIN bulletin_number ON n = bulletin_words.rowid "
    "WHERE bulletin_words MATCH :words LIMIT :most",
    "postgresql": "SELECT id FROM bulletin "
    "WHERE to_tsvector('simple', folded) @@ to_tsquery('simple', :words) LIMIT :most",
}
_EACH = {"sqlite": ('"{}"*', " "), "postgresql": ("{}:*", " & ")}


def of_few(session: Session, wanted: Collection[str]) -> Sequence[str] | None:
    """Ids of the bulletins with words that begin so, in no order; None when more than FEW have.

    `wanted` are folded words (controller.model.folding.words): letters and digits only.
    """
    dialect = session.get_bind().dialect.name
    form, joint = _EACH[dialect]
    asked = {"words": joint.join(form.format(word) for word in wanted), "most": FEW + 1}
    found = session.scalars(text(_ASKED[dialect]), asked).all()
    return found if len(found) <= FEW else None
