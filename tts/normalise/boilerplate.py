"""What stands on paper and is not said: the closing mark, the list of recipients."""

from tts.normalise.lexicon import Lexicon
from tts.normalise.rules import Rule, fixed

_RECIPIENTS = r"^[ \t]*Nơi nhận[ \t]*:?[^\n]*(?:\n[ \t]*[-+•–][^\n]*)*"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Nghị định 30/2020/NĐ-CP, phụ lục I: "./." closes the text, "Nơi nhận" lists copies."""
    return (
        fixed(r"\s?\.\s?/\.?(?=\s*$)", "."),
        fixed(_RECIPIENTS, ""),
    )
