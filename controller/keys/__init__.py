"""Adapters that hold signing keys."""
