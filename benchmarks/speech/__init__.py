"""How well texts are read: what counts as right, our score, and that of the public tools."""
