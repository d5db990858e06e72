"""Receives a stream or an input in a process of its own: nothing of it can hurt the player."""
