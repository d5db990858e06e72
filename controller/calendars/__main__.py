"""Entry of the child that reads a calendar file: its bytes on standard input, `Events` as JSON."""

from controller.calendars.events import events_of
from controller.calendars.wire import Events
from controller.child_side import answer
from controller.sheets.wire import Trouble

CPU_S = 20  # 500 events take one

if __name__ == "__main__":
    answer(events_of, Events(trouble=Trouble.UNREADABLE), cpu_s=CPU_S)
