"""Which box is which station: claim codes, certificates of our own authority, their revocation."""
