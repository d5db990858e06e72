"""Administrative Vietnamese as an announcer says it: text in, spoken words out. Pure Python."""

from tts.normalise.read import read
from tts.normalise.reading import Piece, Reading, Unknown

__all__ = ["Piece", "Reading", "Unknown", "read"]
