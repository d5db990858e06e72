"""Transmitters that are spoken to, one file for each dialect."""
