"""Ways to the server."""
