"""Portable: the words of a .pdf file, page by page, its printed lines joined again."""

import io

from pypdf import PdfReader

from controller.papers.lines import paragraphs
from controller.papers.wire import Extracted, Trouble

MOST_PAGES = 60
_FEW = 20  # letters on a page: a stamp or a page number, and the rest is a picture


def text_of(content: bytes) -> Extracted:
    """Raises whatever the library raises at a broken file: the child that calls it may die."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        return Extracted(trouble=Trouble.LOCKED)
    if len(reader.pages) > MOST_PAGES:
        return Extracted(trouble=Trouble.TOO_LONG)
    pages = [page.extract_text() for page in reader.pages]
    bare = [len("".join(page.split())) < _FEW for page in pages]
    if all(bare):
        return Extracted(trouble=Trouble.PICTURE)
    return Extracted(text=paragraphs(pages), has_pictures=any(bare))
