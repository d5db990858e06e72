"""Kinds: what a file is, told by its first bytes; a name proves nothing."""

import io
import zipfile

from controller.papers.wire import Kind

_SIGNS = ((b"%PDF-", Kind.PDF), (b"\xff\xd8\xff", Kind.JPEG), (b"\x89PNG\r\n\x1a\n", Kind.PNG))
_WORD = "word/document.xml"


def kind_of(content: bytes) -> Kind | None:
    """None for what an office has no use for, a .doc of Word 97 among it."""
    for sign, kind in _SIGNS:
        if content.startswith(sign):
            return kind
    if content.startswith(b"PK"):
        try:
            names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError):
            return None
        return Kind.WORD if _WORD in names else None
    return None
