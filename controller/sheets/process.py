"""Process: a workbook read by a child."""

from controller.file_reader import FileReader
from controller.sheets.wire import Rows, Trouble

read = FileReader(
    "controller.sheets",
    unreadable=Rows(trouble=Trouble.UNREADABLE),
    too_long=Rows(trouble=Trouble.TOO_LONG),
).read
"""The rows of a workbook, or why there are none."""
