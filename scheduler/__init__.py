"""What should be on the air, and when. Pure: `loop` is its only effect."""
