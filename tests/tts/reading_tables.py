"""The tables of the house style that list what the program knows: units, issuers, pauses."""

from collections.abc import Iterable, Iterator

from tts import script, sentences
from tts.engines.espeak import WORDS_PER_MINUTE
from tts.mastering import CEILING_DBTP, TARGET_LUFS
from tts.normalise.letters import NAMES
from tts.normalise.lexicon import standard
from tts.normalise.units import UNITS
from web.craft_form import LOUDNESSES, PACES


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Markdown; a line end within a cell is shown as ⏎."""
    head = list(heads)
    lines = [head, ["---"] * len(head), *(list(map(_cell, row)) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def tables() -> dict[str, str]:
    """Every table of this kind by name."""
    lexicon = standard()
    return {
        "lexicon": _lexicon(),
        "letters": table(("chữ", "đọc"), _by_reading(NAMES)),
        "unit_names": table(("viết", "đọc"), _by_reading(UNITS)),
        "documents": table(("viết tắt", "đọc"), _by_reading(lexicon.documents)),
        "issuers": table(("viết tắt", "đọc"), _by_reading(lexicon.issuers)),
        "borrowed": table(("viết", "đọc"), _by_reading(lexicon.words)),
        "contextual": table(("chữ", "đọc", "khi đứng trước", "khi đứng sau"), _contextual()),
        "pauses": table(("sau", "nghỉ (giây)"), _pauses()),
        "paces": table(("tốc độ", "từ mỗi phút, giọng dự phòng"), _paces()),
        "loudnesses": table(("độ to", "mức âm (LUFS)", "đỉnh tối đa (dBTP)"), _loudnesses()),
    }


def seconds(duration_ms: int) -> str:
    """Seconds as Vietnamese writes them."""
    return _decimal(duration_ms / 1000)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ⏎ ")


def _by_reading(names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """One row for each reading; in the order of first mention."""
    for said in dict.fromkeys(names.values()):
        yield ", ".join(f"`{name}`" for name in names if names[name] == said), said


def _lexicon() -> str:
    lexicon = standard()
    tokens = {entry.token for entry in lexicon.contextual}
    return (
        f"Từ điển chuẩn, bản {lexicon.version}: {len(lexicon.abbreviations)} chữ viết tắt luôn đọc "
        f"một cách, {len(tokens)} chữ đọc tùy chữ đứng cạnh, {len(lexicon.documents)} ký hiệu loại "
        f"văn bản, {len(lexicon.issuers)} ký hiệu cơ quan, {len(lexicon.words)} từ mượn.\n"
    )


def _contextual() -> Iterator[tuple[str, str, str, str]]:
    for entry in sorted(standard().contextual, key=lambda entry: entry.token):
        yield f"`{entry.token}`", entry.reading, ", ".join(entry.next), ", ".join(entry.previous)


def _pauses() -> Iterator[tuple[str, str]]:
    names = {
        "chỗ lấy hơi trong một câu dài": sentences.BREATH_MS,
        "dấu phẩy khi phải cắt câu dài, dấu chấm phẩy, dấu hai chấm": sentences.CLAUSE_MS,
        "một câu; một dòng của danh sách": sentences.SENTENCE_MS,
        "nhạc hiệu": script.AFTER_CHIME_MS,
        "một đoạn": sentences.PARAGRAPH_MS,
        "một tiêu đề": sentences.HEADING_MS,
        "“Xin nhắc lại”; phần ghi sẵn": script.BETWEEN_PARTS_MS,
    }
    return ((name, seconds(pause_ms)) for name, pause_ms in names.items())


def _paces() -> Iterator[tuple[str, str]]:
    return ((PACES[pace], str(words)) for pace, words in WORDS_PER_MINUTE.items())


def _loudnesses() -> Iterator[tuple[str, str, str]]:
    for loudness, target in TARGET_LUFS.items():
        yield LOUDNESSES[loudness], _decimal(target), _decimal(CEILING_DBTP)


def _decimal(number: float) -> str:
    """As Vietnamese writes it: a comma, and a real minus."""
    return f"{number:g}".replace(".", ",").replace("-", "−")
