"""Measurements of the board turned into proofs of what was heard."""
