"""Receives a stream in a process of its own: nothing that comes in can hurt the player."""
