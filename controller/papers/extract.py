"""Extract: the text of a document of any kind, or why there is none."""

import io
import re
import zipfile

from controller.papers import portable, word
from controller.papers.kinds import kind_of
from controller.papers.wire import Extracted, Kind, Trouble

LONGEST = 60_000  # characters: far more than a bulletin may have
_MOST_UNPACKED = 100 * 2**20  # bytes: what a .docx says that it will be

# The signs that TCVN3 (".VnTime") shows as Vietnamese letters: "uû ban nh©n d©n x·".
_OLD = re.compile("[¸¶·¹¨¾»¼½Æ©ÇË®ªÎÏÑÖ×ØÜÞ«çëîïñöø£¤¥¦§µ]")
_OF_ITS_OWN = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


def extract(content: bytes) -> Extracted:
    """Raises what the libraries raise at a broken file."""
    kind = kind_of(content)
    if kind is Kind.WORD:
        found = _word(content)
    elif kind is Kind.PDF:
        found = portable.text_of(content)
    elif kind is None:
        return Extracted(trouble=Trouble.UNREADABLE)
    else:
        return Extracted(trouble=Trouble.PICTURE)
    if found.trouble is None:
        return _judged(found)
    return found


def _word(content: bytes) -> Extracted:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(each.file_size for each in packed.infolist()) > _MOST_UNPACKED:
            return Extracted(trouble=Trouble.TOO_LONG)
        pictures = any(each.filename.startswith("word/media/") for each in packed.infolist())
    return Extracted(text=word.text_of(content), has_pictures=pictures)


def _judged(found: Extracted) -> Extracted:
    """What is no Vietnamese text of a length that can be read out is not given out as one."""
    if not found.text.strip():
        trouble = Trouble.PICTURE if found.has_pictures else Trouble.EMPTY
        return Extracted(trouble=trouble)
    if len(found.text) > LONGEST:
        return Extracted(trouble=Trouble.TOO_LONG)
    if len(_OLD.findall(found.text)) > len(_OF_ITS_OWN.findall(found.text)):
        return Extracted(trouble=Trouble.OLD_FONT)
    return found
