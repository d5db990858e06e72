"""Signs that stand for a word."""

from tts.normalise.lexicon import Lexicon
from tts.normalise.rules import MASK, Rule, fixed

_NEXT_TO_A_NUMBER = rf"(?=\s?[-−]?(?:[\d{MASK}]|cấp|mức|bậc|loại|hạng))"

_ARROW = "(?:[-=]{1,2}>|[→⇒➔➜►⟶])"


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """A comparison or a sign of arithmetic is said; "/" between words is "hoặc" after "và"."""
    return (
        fixed(r"≥|>=", " lớn hơn hoặc bằng "),
        fixed(r"≤|<=", " nhỏ hơn hoặc bằng "),
        fixed(rf"(?<=[\d{MASK}])\s?{_ARROW}\s?(?=[\d{MASK}])", " đến "),
        fixed(_ARROW, ","),
        fixed(rf">{_NEXT_TO_A_NUMBER}", " lớn hơn "),
        fixed(rf"<{_NEXT_TO_A_NUMBER}", " nhỏ hơn "),
        fixed(rf"(?<![\w{MASK}])\+(?=[\d{MASK}])", " cộng "),
        fixed(rf"[~≈]{_NEXT_TO_A_NUMBER}", " khoảng "),
        fixed("±", " cộng trừ "),
        fixed("=", " bằng "),
        fixed(rf"(?<=[\w{MASK}])\s?\+\s?(?=[\w{MASK}])", " cộng "),
        fixed(rf"(?<=[\d{MASK}])\s?[×x]\s?(?=[\d{MASK}])", " nhân "),
        fixed("&", " và "),
        fixed("%", " phần trăm "),
        fixed("°", " độ "),
        fixed(r"(?<=và)/(?=hoặc)", " "),
        fixed(r"(?<=phím )\*", " sao "),
        fixed(r"(?<=phím )#", " thăng "),
        fixed("§", " mục "),
        fixed("№", " số "),
    )
