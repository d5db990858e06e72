"""The rig: everything between the player and the ears, driven in a safe order and read back."""
