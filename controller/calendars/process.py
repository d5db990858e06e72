"""Process: a calendar file read by a child."""

from controller.calendars.wire import Events
from controller.file_reader import FileReader
from controller.sheets.wire import Trouble

read = FileReader(
    "controller.calendars",
    unreadable=Events(trouble=Trouble.UNREADABLE),
    too_long=Events(trouble=Trouble.TOO_LONG),
).read
"""The events of a file, or why there are none."""
