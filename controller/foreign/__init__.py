"""Boxes of other makers: what they are given, what they say, and how little that proves."""
