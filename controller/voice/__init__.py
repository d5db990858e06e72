"""Adapters that make recordings."""
