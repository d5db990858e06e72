"""What `tt-station check` tries, one file for each side of the box."""
