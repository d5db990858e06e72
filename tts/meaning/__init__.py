"""The second opinion: does a reading say what its source says? Pure Python.

Nothing here knows how readings are made: written figures are read, and spoken words are heard,
by rules of this package's own.
"""

from tts.meaning.check import check
from tts.meaning.mismatch import Mismatch

__all__ = ["Mismatch", "check"]
