"""Who this box is: a key that never leaves it, a certificate for a while, an authority to know."""
