"""Prober: tries a source of relays in a bounded child process, and says what came of it."""

from controller.prober.process import ProcessProber

__all__ = ["ProcessProber"]
