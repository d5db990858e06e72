"""The adapter that carries messages to other systems over HTTPS."""
