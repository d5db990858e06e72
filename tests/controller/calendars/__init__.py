"""Calendar files read by the child."""
