"""Hooks: other systems are told what happens here, signed, at least once each."""
