"""Firmware of the I/O board and of the coded receiver, for MicroPython; imports nothing of ours."""
