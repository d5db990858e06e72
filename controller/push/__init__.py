"""The adapter that carries a push to the service of a browser's maker."""
