"""The whole system on one machine with a sample province."""

from controller.demo.command import main

__all__ = ["main"]
