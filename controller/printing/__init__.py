"""Printing: pages for paper, laid out by a child process."""
