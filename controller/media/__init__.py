"""Adapters that keep sounds."""
