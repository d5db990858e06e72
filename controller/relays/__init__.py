"""Relays: which programmes of others may be taken over, who says so, and in which slots."""
