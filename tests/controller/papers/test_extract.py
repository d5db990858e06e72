"""What a document's words are, and why there are none."""

import io
import zipfile
from collections.abc import Callable

import pytest
from pypdf import PdfReader, PdfWriter

from controller.papers.process import DocumentReader
from controller.papers.wire import Trouble
from tests.controller.papers.documents import SENTENCE, pdf, word

READER = DocumentReader()


def test_a_word_file_gives_its_paragraphs_its_numbers_and_its_tables() -> None:
    content = word(
        "THÔNG BÁO",
        ("Hộ nghèo", "List Number"),
        ("Hộ cận nghèo", "List Number"),
        ("Trẻ em", "List Bullet"),
        rows=(("Thôn 1", "7h30"), ("Thôn 2", "8h")),
    )
    assert READER.read(content).text.split("\n") == [
        "THÔNG BÁO",
        "1. Hộ nghèo",
        "2. Hộ cận nghèo",
        "- Trẻ em",
        "Thôn 1; 7h30",
        "Thôn 2; 8h",
    ]


def test_the_lines_of_a_printed_page_are_sentences_again() -> None:
    found = READER.read(pdf(f"<h1>THÔNG BÁO</h1><p>{SENTENCE}</p><p>- Khu vực 1;</p>"))
    assert found.text.split("\n") == ["THÔNG BÁO", SENTENCE, "- Khu vực 1;"]
    assert found.trouble is None


def test_a_sentence_goes_on_over_two_pages() -> None:
    body = f"<p>{' '.join([SENTENCE] * 60)}</p>"
    content = pdf(body)
    assert len(PdfReader(io.BytesIO(content)).pages) > 1
    # a sentence that ends at the margin may have ended its paragraph too
    assert READER.read(content).text.replace("\n", " ") == " ".join([SENTENCE] * 60)


def _locked() -> bytes:
    writer = PdfWriter(io.BytesIO(pdf(f"<p>{SENTENCE}</p>")))
    writer.encrypt("bí mật", algorithm="AES-256")
    into = io.BytesIO()
    writer.write(into)
    return into.getvalue()


def _bomb() -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", bytes(200 * 2**20))
    return into.getvalue()


NO_TEXT: dict[str, tuple[Callable[[], bytes], Trouble]] = {
    "junk": (lambda: b"x" * 5_000, Trouble.UNREADABLE),
    "broken pdf": (lambda: b"%PDF-1.7\n" + b"0" * 5_000, Trouble.UNREADABLE),
    "broken zip": (lambda: b"PK\x03\x04" + b"0" * 5_000, Trouble.UNREADABLE),
    "a zip that is no document": (lambda: _zip("x.txt"), Trouble.UNREADABLE),
    "a photograph": (lambda: b"\xff\xd8\xff" + b"0" * 100, Trouble.PICTURE),
    "scanned pages": (lambda: pdf("<svg width=300 height=300></svg>"), Trouble.PICTURE),
    "a password": (_locked, Trouble.LOCKED),
    "a bomb": (_bomb, Trouble.TOO_LONG),
    "an old font": (lambda: word("uû ban nh©n d©n x· th«ng b¸o lÞch häp th«n"), Trouble.OLD_FONT),
    "nothing": (lambda: word(""), Trouble.EMPTY),
}


def _zip(name: str) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as packed:
        packed.writestr(name, "x")
    return into.getvalue()


@pytest.mark.parametrize("name", NO_TEXT)
def test_what_gives_no_text_says_why(name: str) -> None:
    make, trouble = NO_TEXT[name]
    assert READER.read(make()).trouble is trouble


def test_a_child_that_takes_too_long_is_ended() -> None:
    assert DocumentReader(within_s=0.01).read(word("x")).trouble is Trouble.TOO_LONG
