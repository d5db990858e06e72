"""Calendars: files of other calendars, taken in event by event after each has been looked at."""
