"""What is heard, by whom, in which order."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tts.test_sentences import WORDS
from tts.craft import Craft
from tts.script import AGAIN, Cast, Chime, Recorded, Said, Script, Spoken, write
from tts.turns import turns

ONE = Cast(announcer="espeak:vi", answerer="espeak:vi")
TWO = Cast(announcer="espeak:vi", answerer="piper:mai")
_WORD = re.compile(r"\w+")
ANSWERED = (
    "Hỏi đáp pháp luật\nCâu hỏi một: Mức phạt?\nTrả lời: Hai triệu đồng.\nNộp ở xã.\n"
    "Hỏi: Khi nào? Đáp: Hôm nay.\nTrả lời câu hai: Vâng."
)


def heard(script: Script) -> list[str]:
    """The script in short: chimes, recorded parts, words with their voice."""
    return [
        f"{line.voice}| {line.text}"
        if isinstance(line, Said)
        else line.which
        if isinstance(line, Chime)
        else f"part {line.part}"
        for line in script
    ]


def test_a_plain_bulletin_is_chime_text_chime() -> None:
    script = write(Spoken(text="Mời bà con."), ONE, Craft())
    assert heard(script) == ["opening", "espeak:vi| Mời bà con.", "closing"]


def test_everything_around_the_text_has_its_place() -> None:
    spoken = Spoken(text="Mời bà con.", identification="Đây là xã Suối Mây.", closing="Cảm ơn.")
    cast = Cast(announcer="a", answerer="a", before=(0,), after=(1,))
    assert heard(write(spoken, cast, Craft(repeat=True))) == [
        "opening",
        "a| Đây là xã Suối Mây.",
        "part 0",
        "a| Mời bà con.",
        f"a| {AGAIN}",
        "a| Mời bà con.",
        "part 1",
        "a| Cảm ơn.",
        "closing",
    ]


def test_without_a_chime_there_is_none() -> None:
    assert heard(write(Spoken(text="A."), ONE, Craft(chime=False))) == ["espeak:vi| A."]


def test_answers_have_a_voice_of_their_own_until_the_next_question() -> None:
    said = heard(write(Spoken(text=ANSWERED), TWO, Craft(chime=False)))
    assert said == [
        "espeak:vi| Hỏi đáp pháp luật",
        "espeak:vi| Câu hỏi một:",
        "espeak:vi| Mức phạt?",
        "piper:mai| Trả lời:",
        "piper:mai| Hai triệu đồng.",
        "piper:mai| Nộp ở xã.",
        "espeak:vi| Hỏi:",
        "espeak:vi| Khi nào?",
        "piper:mai| Đáp:",
        "piper:mai| Hôm nay.",
        "piper:mai| Trả lời câu hai:",
        "piper:mai| Vâng.",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Hai, Hỏi: Ai nộp?",
        "Câu hai: Ai nộp?",
        "Câu hai. Ai nộp?",
        "Câu hỏi số hai.\nAi nộp?",
        "Hỏi, bà Lan, thôn ba: Ai nộp?",
    ],
)
def test_a_question_is_read_by_the_announcer_however_it_is_numbered(question: str) -> None:
    text = f"Hỏi: Mức phạt?\nĐáp: Hai triệu.\n{question}\nTrả lời, Công an xã: Tất cả."
    assert [(turn.role, turn.text.strip()) for turn in turns(text)] == [
        ("announcer", "Hỏi: Mức phạt?"),
        ("answerer", "Đáp: Hai triệu."),
        ("announcer", question),
        ("answerer", "Trả lời, Công an xã: Tất cả."),
    ]


def test_a_sentence_that_only_begins_with_the_word_changes_no_voice() -> None:
    assert len(list(turns("Trả lời kiến nghị của bà con: đã sửa xong. Đáp án ở xã."))) == 1
    assert (
        len(list(turns("Trả lời, xã đã phạt. Câu hai trong đơn đúng.\nCâu chuyện: hai nhà."))) == 1
    )


@given(st.lists(st.sampled_from(WORDS), max_size=200), st.booleans())
def test_every_word_is_said_as_often_as_it_should_be(words: list[str], repeat: bool) -> None:
    text = " ".join(words)
    script = write(Spoken(text=text), TWO, Craft(repeat=repeat))
    said = _WORD.findall(" ".join(line.text for line in script if isinstance(line, Said)))
    once = _WORD.findall(text)
    assert said == (once + _WORD.findall(AGAIN) + once if repeat else once)


def test_recorded_parts_keep_their_numbers() -> None:
    cast = Cast(announcer="a", answerer="a", before=(1,), after=(0, 2))
    script = write(Spoken(text="A."), cast, Craft())
    assert [line.part for line in script if isinstance(line, Recorded)] == [1, 0, 2]
