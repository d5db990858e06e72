"""The codes that open receivers at the far end of the carrier: ours, and those of others."""
