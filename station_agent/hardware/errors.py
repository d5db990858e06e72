"""What can go wrong with equipment; texts that people read are Vietnamese."""

from station_agent.errors import StationError


class HardwareError(Exception):
    """A part of the rig did not do what it was asked, or could not say that it did."""


class NoAnswer(HardwareError):
    """Nothing, or nothing that makes sense, came back; asking again may help."""


class Refused(HardwareError):
    """The part answered that it will not: asking the same again does not help at once."""


class BadProfile(StationError):
    """A file that describes bought equipment cannot be used."""
