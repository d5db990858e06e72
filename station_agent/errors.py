"""What can go wrong around the agent; texts that people read are Vietnamese."""


class StationError(Exception):
    """The station could not do something."""


class BadTrust(StationError):
    """`trust.json` is missing or cannot be used."""


class JournalError(StationError):
    """The journal cannot be read or written: it needs a loose leaf (records.py)."""


class DiskFull(JournalError):
    """The journal does not fit on the disk any more; it can still be read."""


class FetchError(StationError):
    """A recording could not be fetched now; trying again later may help."""


class WrongBytes(FetchError):
    """The server holds something else under this name: only people can help."""


class NoRoom(FetchError):
    """A recording does not fit on the disk, or the disk does not take it."""


class GivenWay(StationError):
    """A download was broken off for a more urgent one; what has arrived is kept."""


class LinkError(StationError):
    """The link to the broker cannot be made from these settings."""


class BadIdentity(StationError):
    """The box has no papers, or the server does not give it any."""
