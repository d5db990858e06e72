"""Online voices of any provider: a profile says how to ask, this package asks."""
